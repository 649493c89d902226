package web

import (
	"cmp"
	"slices"
	"strconv"

	"loaphuong/scheduler"
)

// maxColumns is how many stations stand side by side; with more of them the
// stations go down the page and the topics across.
const maxColumns = 6

// matrix is a letter's ledger, topics by stations, with sums at its edges.
type matrix struct {
	Corner string
	Heads  []head // of the columns
	Rows   []matrixRow
	Sums   []cell // of the columns
	Total  cell
}

// head names a row or a column.
type head struct {
	Text string
	Note string
	Link string
}

type matrixRow struct {
	Head  head
	Cells []cell
	Sum   cell
}

// cell is what a station did for a topic.
type cell struct {
	Column   string // the head of its column, for narrow screens
	Any      bool   // whether anything was expected
	Verdict  badge
	Heard    int
	Expected int
	Sounded  string
	Notes    []string // what is behind the numbers
	Whys     []string // why some were not heard whole and on time
	Bar      []segment
}

// tallied is a tally with its reasons.
type tallied struct {
	scheduler.Tally
	reasons map[scheduler.Reason]int
}

func (t tallied) plus(r scheduler.AirtimeRow) tallied {
	sum := tallied{plus(t.Tally, r.Tally), map[scheduler.Reason]int{}}
	for _, reasons := range []map[scheduler.Reason]int{t.reasons, r.Reasons} {
		for why, n := range reasons {
			sum.reasons[why] += n
		}
	}
	return sum
}

// spot is where a row of the report goes; an empty name is the edge.
type spot struct{ topic, station string }

// newMatrix sums the rows up, each in its cell, at both edges and in the corner.
func (v *view) newMatrix(topics []scheduler.Topic, rows []scheduler.AirtimeRow) matrix {
	if len(rows) == 0 {
		return matrix{}
	}
	sums := map[spot]tallied{}
	for _, r := range rows {
		topic, station := strconv.Itoa(r.Topic), string(r.Station)
		for _, at := range []spot{{topic, station}, {topic, ""}, {"", station}, {}} {
			sums[at] = sums[at].plus(r)
		}
	}
	down, across := topicHeads(topics, rows), stationHeads(rows)
	at := func(row, column string) spot { return spot{row, column} }
	m := matrix{Corner: v.T("ledger.topic")}
	if len(across) > maxColumns {
		m.Corner, down, across = v.T("ledger.station"), across, down
		at = func(row, column string) spot { return spot{column, row} }
	}
	m.fill(v, down, across, func(row, column string) tallied { return sums[at(row, column)] })
	return m
}

// keyedHead is a head with the key of what it is the head of.
type keyedHead struct {
	key string
	head
}

func (m *matrix) fill(v *view, down, across []keyedHead, sum func(row, column string) tallied) {
	for _, c := range across {
		m.Heads = append(m.Heads, c.head)
		m.Sums = append(m.Sums, v.cell(sum("", c.key), c.Text))
	}
	for _, r := range down {
		row := matrixRow{Head: r.head, Sum: v.cell(sum(r.key, ""), v.T("ledger.total"))}
		for _, c := range across {
			row.Cells = append(row.Cells, v.cell(sum(r.key, c.key), c.Text))
		}
		m.Rows = append(m.Rows, row)
	}
	m.Total = v.cell(sum("", ""), v.T("ledger.total"))
}

func (v *view) cell(t tallied, column string) cell {
	return cell{
		Column:   column,
		Any:      t.Expected > 0,
		Verdict:  v.verdict(t.Tally),
		Heard:    heard(t.Tally),
		Expected: t.Expected,
		Sounded:  v.Span(t.Sounded),
		Notes:    v.notes(t.Tally),
		Whys:     v.whys(t.reasons),
		Bar:      bar(t.Tally),
	}
}

// topicHeads lists the letter's topics, and any topic that the report alone
// knows: a letter may have been read again since.
func topicHeads(topics []scheduler.Topic, rows []scheduler.AirtimeRow) []keyedHead {
	var heads []keyedHead
	known := map[int]bool{}
	for _, t := range topics {
		known[t.Ordinal] = true
		n := strconv.Itoa(t.Ordinal)
		heads = append(heads, keyedHead{n, head{Text: n + ". " + t.Title, Link: "#topic-" + n}})
	}
	for _, r := range rows {
		if !known[r.Topic] {
			known[r.Topic] = true
			n := strconv.Itoa(r.Topic)
			heads = append(heads, keyedHead{n, head{Text: n + ". " + r.Title}})
		}
	}
	return heads
}

func stationHeads(rows []scheduler.AirtimeRow) []keyedHead {
	var heads []keyedHead
	known := map[scheduler.StationID]bool{}
	for _, r := range rows {
		if !known[r.Station] {
			known[r.Station] = true
			heads = append(heads, keyedHead{string(r.Station), head{named(r.StationName, r.Station), named(r.AreaName, r.Area), "/stations/" + string(r.Station)}})
		}
	}
	slices.SortStableFunc(heads, func(a, b keyedHead) int { return cmp.Compare(a.Text, b.Text) })
	return heads
}
