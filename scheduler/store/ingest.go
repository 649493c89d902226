package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// Ingest keeps a station's lines and what they say of its airings, and answers
// with the receipt that lets the station forget them: the lines are on disk by
// then. A station that is not known is [scheduler.ErrNotFound] and gets no receipt.
//
// Taking the same line again changes nothing. Kept apart in quarantine, and
// named in the receipt with the reason, are: a line that contradicts itself, a
// second and different line under a known number (the one that came first
// stays), a line about an airing that the station was never to air, and all
// end lines of an airing but the first. Nothing is dropped, so a rejected
// line closes the gap at its number as well as any other.
//
// A line that does not carry the hash of the line before it is accepted, and
// counted in [Log.Broken].
//
// A line about the clock is of no airing. The first of a boot says when in true
// time the lines of that boot were written that came before the station knew the
// time, wherever they stand and whichever comes first.
func (s *Store) Ingest(ctx context.Context, b devices.Batch, now time.Time) (devices.Receipt, error) {
	what := fmt.Sprintf("ingest %d lines of log %q of %s", len(b.Records), b.Log, b.Station)
	if b.Log == "" {
		return devices.Receipt{}, scheduler.Invalid(fmt.Errorf("%s: the batch names no log", what))
	}
	var receipt devices.Receipt
	err := s.write(ctx, what, func(tx *sql.Tx) (err error) {
		receipt, err = ingest(ctx, tx, b, now)
		return err
	})
	if err != nil {
		return devices.Receipt{}, err // nothing is kept, so nothing is receipted
	}
	return receipt, nil
}

func ingest(ctx context.Context, tx *sql.Tx, b devices.Batch, now time.Time) (devices.Receipt, error) {
	receipt := devices.Receipt{Log: b.Log}
	log, err := openLog(ctx, tx, b)
	if err != nil {
		return receipt, err
	}
	for some := range slices.Chunk(b.Records, devices.MaxBatch) {
		in := intake{tx: tx, station: b.Station, log: b.Log, now: millis(now)}
		if err := in.take(ctx, some); err != nil {
			return receipt, err
		}
		receipt.Accepted = append(receipt.Accepted, in.accepted...)
		receipt.Rejected = append(receipt.Rejected, in.rejected...)
	}
	slices.Sort(receipt.Accepted)
	receipt.Accepted = slices.Compact(receipt.Accepted)
	slices.SortFunc(receipt.Rejected, func(a, b devices.Rejection) int { return cmp.Compare(a.Number, b.Number) })
	return receipt, log.advance(ctx, tx, b, now)
}

// intake takes some lines of one batch in, within one transaction.
type intake struct {
	tx      *sql.Tx
	station scheduler.StationID
	log     string
	now     int64

	held     map[uint64]scheduler.Digest      // hashes of the lines already kept
	told     map[scheduler.AiringID][]telling // what is said of each expected airing; a key for each, even with nothing said
	touched  map[scheduler.AiringID]bool
	clocks   []scheduler.AsRun // fresh lines about the clock
	times    bootTimes
	fresh    [][]any // rows of asrun
	apart    [][]any // rows of quarantine
	accepted []uint64
	rejected []devices.Rejection
}

// telling is a line and its hash.
type telling struct {
	scheduler.AsRun
	hash scheduler.Digest
}

func (in *intake) take(ctx context.Context, records []scheduler.AsRun) error {
	if err := in.recall(ctx, records); err != nil {
		return err
	}
	for _, r := range records {
		in.sort(r)
	}
	learnt, err := in.learnTime(ctx)
	if err != nil {
		return err
	}
	if in.times, err = in.recallTimes(ctx, in.told); err != nil {
		return err
	}
	words := in.settle()
	err = insert(ctx, in.tx, "asrun", "station, log, number, hash, previous, airing, body, received, untimed", "", in.fresh)
	if err != nil {
		return err
	}
	err = insert(ctx, in.tx, "quarantine", "station, log, number, hash, reason, body, received", "ON CONFLICT DO NOTHING", in.apart)
	if err != nil {
		return err
	}
	if err := in.checkChain(ctx, records); err != nil {
		return err
	}
	if err := in.apply(ctx, words); err != nil {
		return err
	}
	return in.retime(ctx, learnt)
}

// sort decides what becomes of one line.
func (in *intake) sort(r scheduler.AsRun) {
	t := telling{r, r.Hash()}
	if reason := in.objection(t); reason != "" {
		in.putApart(t, in.log, reason)
		in.rejected = append(in.rejected, devices.Rejection{Number: r.Number, Reason: reason})
		return
	}
	in.accepted = append(in.accepted, r.Number)
	if _, known := in.held[r.Number]; known {
		return
	}
	in.held[r.Number] = t.hash
	if r.Kind == scheduler.AsRunClock {
		in.clocks = append(in.clocks, r)
	} else {
		in.told[r.Airing] = append(in.told[r.Airing], t)
		in.touched[r.Airing] = true
	}
	in.fresh = append(in.fresh, []any{in.station, in.log, int64(r.Number), t.hash, r.Previous, orNull(r.Airing), toBody(r), in.now, untimed(r)})
}

// objection says why a line cannot be accepted, or "".
func (in *intake) objection(t telling) string {
	if err := t.Check(); err != nil {
		return err.Error()
	}
	held, known := in.held[t.Number]
	_, owed := in.told[t.Airing]
	switch {
	case t.Log != in.log:
		return fmt.Sprintf("it is of log %q but came in a batch of log %q", t.Log, in.log)
	case t.Number >= math.MaxInt64:
		return "its number is beyond all reason"
	case known && held != t.hash:
		return fmt.Sprintf("another line is already held under number %d", t.Number)
	case !owed && t.Kind != scheduler.AsRunClock:
		return fmt.Sprintf("the station was never to air %s", t.Airing)
	}
	return ""
}

// putApart keeps a line in quarantine under a log of this station.
func (in *intake) putApart(t telling, log, reason string) {
	in.apart = append(in.apart, []any{in.station, log, int64(t.Number), t.hash, reason, toBody(t.AsRun), in.now})
}

// settle works out anew what is said of each airing that a fresh line is about.
// End lines after the first are put apart, also those accepted before.
func (in *intake) settle() map[scheduler.AiringID]word {
	words := make(map[scheduler.AiringID]word, len(in.touched))
	for airing := range in.touched {
		w, surplus := listen(in.told[airing], in.times)
		words[airing] = w
		for _, t := range surplus {
			reason := fmt.Sprintf("airing %s had already ended", airing)
			in.putApart(t, t.Log, reason)
			in.overrule(t, reason)
		}
	}
	return words
}

// overrule turns the acceptance of a line of this intake into a rejection.
func (in *intake) overrule(t telling, reason string) {
	i := slices.Index(in.accepted, t.Number)
	if t.Log != in.log || i < 0 {
		return
	}
	in.accepted = slices.DeleteFunc(in.accepted, func(n uint64) bool { return n == t.Number })
	in.rejected = append(in.rejected, devices.Rejection{Number: t.Number, Reason: reason})
}

// apply writes what is said onto the airings.
func (in *intake) apply(ctx context.Context, words map[scheduler.AiringID]word) error {
	if len(words) == 0 {
		return nil
	}
	update, err := in.tx.PrepareContext(ctx, `UPDATE airings SET started = $2, ended = $3, sounded = $4, outcome = $5,
		reason = $6, detail = $7, evidence = $8, card = $9, said_started = $10, said_ended = $11, stalls = $12, quiet = $13,
		interruptions = $14, filled = $15, filled_for = $16, heard_back = $17 WHERE id = $1`)
	if err != nil {
		return err
	}
	defer update.Close()
	for airing, w := range words {
		if _, err := update.ExecContext(ctx, airing, millis(w.started), millis(w.ended), int64(w.sounded), w.outcome,
			w.reason, w.detail, w.evidence, w.card, millis(w.saidStarted), millis(w.saidEnded), w.stalls, int64(w.quiet),
			w.interruptions, w.filled, int64(w.filledFor), w.heardBack); err != nil {
			return fmt.Errorf("airing %s: %w", airing, err)
		}
	}
	return nil
}
