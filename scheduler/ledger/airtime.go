package ledger

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"loaphuong/scheduler"
)

// Airtime reports on the airings that the query chooses: a row for each letter,
// topic and station. The letters come in the order in which they are listed;
// airings that belong to no letter, such as signature tunes, come last. The
// errors are those of [Ledger.Airings].
func (l *Ledger) Airtime(ctx context.Context, q scheduler.AirtimeQuery, now time.Time) (scheduler.AirtimeReport, error) {
	where, err := l.survey(ctx)
	if err != nil {
		return scheduler.AirtimeReport{}, fmt.Errorf("airtime: %w", err)
	}
	judged, err := l.judge(ctx, q, where, now)
	if err != nil {
		return scheduler.AirtimeReport{}, fmt.Errorf("airtime: %w", err)
	}
	directives, err := l.source.Directives(ctx)
	if err != nil {
		return scheduler.AirtimeReport{}, fmt.Errorf("airtime: %w", err)
	}
	r := scheduler.AirtimeReport{Query: q, Generated: now, Rows: []scheduler.AirtimeRow{}}
	for _, j := range judged {
		count(&r.Total, j)
	}
	for _, row := range slices.SortedFunc(maps.Values(sum(judged)), inOrderOf(directives)) {
		ofLetter(row, directives)
		where.name(row)
		r.Rows = append(r.Rows, *row)
	}
	return r, nil
}

// key is what a row is about.
type key struct {
	directive scheduler.DirectiveID
	topic     int
	station   scheduler.StationID
}

// sum makes the rows, without names yet.
func sum(judged []scheduler.JudgedAiring) map[key]*scheduler.AirtimeRow {
	rows := map[key]*scheduler.AirtimeRow{}
	for _, j := range judged {
		k := key{j.Directive, j.Topic, j.Station}
		if rows[k] == nil {
			rows[k] = &scheduler.AirtimeRow{Directive: j.Directive, Topic: j.Topic, Station: j.Station}
		}
		add(rows[k], j)
	}
	return rows
}

// inOrderOf compares rows by the places of their letters. Letters that are not
// listed come after those that are, and no letter at all after both.
func inOrderOf(directives []scheduler.Directive) func(a, b *scheduler.AirtimeRow) int {
	place := map[scheduler.DirectiveID]int{"": len(directives) + 1}
	for i, d := range directives {
		place[d.ID] = i
	}
	of := func(d scheduler.DirectiveID) int {
		if i, ok := place[d]; ok {
			return i
		}
		return len(directives)
	}
	return func(a, b *scheduler.AirtimeRow) int {
		return cmp.Or(cmp.Compare(of(a.Directive), of(b.Directive)), cmp.Compare(a.Directive, b.Directive),
			cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Station, b.Station))
	}
}

// ofLetter names the letter and the topic of a row.
func ofLetter(r *scheduler.AirtimeRow, directives []scheduler.Directive) {
	i := slices.IndexFunc(directives, func(d scheduler.Directive) bool { return d.ID == r.Directive })
	if i < 0 {
		return
	}
	r.Number, r.Subject = directives[i].Number, directives[i].Subject
	for _, t := range directives[i].Topics {
		if t.Ordinal == r.Topic {
			r.Title = t.Title
		}
	}
}
