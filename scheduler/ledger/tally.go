package ledger

import "loaphuong/scheduler"

// count adds one airing to a tally: once to Expected and once to its state.
func count(t *scheduler.Tally, j scheduler.JudgedAiring) {
	t.Expected++
	*of(t, j.State)++
	t.Sounded += j.Sounded
}

// of is the count of a state.
func of(t *scheduler.Tally, s scheduler.State) *int {
	switch s {
	case scheduler.Aired:
		return &t.Aired
	case scheduler.Late:
		return &t.Late
	case scheduler.Partial:
		return &t.Partial
	case scheduler.Missed:
		return &t.Missed
	case scheduler.Recalled:
		return &t.Recalled
	case scheduler.Waived:
		return &t.Waived
	case scheduler.OnAir:
		return &t.OnAir
	case scheduler.Planned, scheduler.Delivered, scheduler.Ready:
		return &t.Upcoming
	}
	return &t.Unknown
}

// add adds one airing to a row.
func add(r *scheduler.AirtimeRow, j scheduler.JudgedAiring) {
	count(&r.Tally, j)
	if heard(j.State) {
		hear(r, j)
	}
	if j.Why == "" || (j.State != scheduler.Late && j.State != scheduler.Partial && j.State != scheduler.Missed) {
		return // not a reason for anything that counts against the station
	}
	if r.Reasons == nil {
		r.Reasons = map[scheduler.Reason]int{}
	}
	r.Reasons[j.Why]++
}

// hear widens FirstAired and LastAired by an airing that was heard. A station
// that lost the line of its beginning is taken to have begun on time.
func hear(r *scheduler.AirtimeRow, j scheduler.JudgedAiring) {
	at := j.StartedAt
	if at.IsZero() {
		at = j.Start
	}
	if r.FirstAired.IsZero() || at.Before(r.FirstAired) {
		r.FirstAired = at
	}
	if at.After(r.LastAired) {
		r.LastAired = at
	}
}
