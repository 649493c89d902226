package centre

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"loaphuong/devices"
	"loaphuong/devices/bundle"
	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
	"loaphuong/scheduler/web"
)

// carriedLife is how long a receipt that is carried by hand is good for. It has
// to outlast the way to the station and the time until somebody goes there.
const carriedLife = 90 * 24 * time.Hour

// receipted is the most lines that one receipt of a bundle names.
const receipted = 1000

// OpenBundle makes what is to be carried to a station.
func (d *Desk) OpenBundle(ctx context.Context, id scheduler.StationID, parts web.BundleParts) (io.ReadCloser, error) {
	return d.openBundle(ctx, id, parts, time.Now())
}

func (d *Desk) openBundle(ctx context.Context, id scheduler.StationID, parts web.BundleParts, now time.Time) (io.ReadCloser, error) {
	out, err := d.outgoing(ctx, id, parts, now)
	if err != nil {
		return nil, fmt.Errorf("make a bundle for station %s: %w", id, err)
	}
	for _, f := range out.Files { // while there is still somebody to tell
		if err := d.wantAudio(f); err != nil {
			return nil, fmt.Errorf("make a bundle for station %s: %w", id, err)
		}
	}
	r, w := io.Pipe()
	go func() { // ends at the latest when the reader is closed
		w.CloseWithError(bundle.Write(w, out, d.audio))
	}()
	return r, nil
}

func (d *Desk) audio(digest scheduler.Digest) (io.ReadCloser, error) {
	f, _, err := d.Studio.Open(digest)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// wantAudio refuses a file that is not there as it was published.
func (d *Desk) wantAudio(want devices.File) error {
	f, size, err := d.Studio.Open(want.Digest)
	if errors.Is(err, fs.ErrNotExist) || err == nil && size != want.Size {
		err = errors.Join(err, fmt.Errorf("audio %s is %w as it was published: restore it from a backup and try again, or leave the audio out", want.Digest, scheduler.ErrNotFound))
	}
	if f != nil {
		f.Close()
	}
	return err
}

// outgoing gathers what a bundle holds besides the bytes of the audio.
func (d *Desk) outgoing(ctx context.Context, id scheduler.StationID, parts web.BundleParts, now time.Time) (bundle.Outgoing, error) {
	if _, err := d.Store.Station(ctx, id); err != nil {
		return bundle.Outgoing{}, err
	}
	held, err := d.Store.LatestSchedule(ctx, id)
	if errors.Is(err, scheduler.ErrNotFound) || err == nil && !now.Before(held.Lease) {
		err = fmt.Errorf("it has no schedule that is good today: %w: publish first, `loaphuong publish --by NAME`", scheduler.ErrNotFound)
	}
	if err != nil {
		return bundle.Outgoing{}, err
	}
	receipts, err := d.sealedReceipts(ctx, id, now)
	if err != nil {
		return bundle.Outgoing{}, err
	}
	files, err := d.carried(ctx, held, parts)
	return bundle.Outgoing{
		Station: id, Revision: held.Revision, Lease: held.Lease, Schedule: held.Sealed,
		Receipts: receipts, Files: files, Needed: len(held.Files), Made: now,
	}, err
}

// carried lists the audio that a bundle is to hold of what a schedule needs.
func (d *Desk) carried(ctx context.Context, needs store.Published, parts web.BundleParts) ([]devices.File, error) {
	if parts.NoAudio {
		return nil, nil
	}
	if !parts.Known {
		return needs.Files, nil
	}
	there, err := d.there(ctx, needs.Station)
	return slices.DeleteFunc(slices.Clone(needs.Files), func(f devices.File) bool { return there[f.Digest] }), err
}

// there is the audio that a station last said it holds: what the schedule it
// holds needs, but for what it says is missing.
func (d *Desk) there(ctx context.Context, id scheduler.StationID) (map[scheduler.Digest]bool, error) {
	states, err := d.Store.States(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(states, func(s devices.State) bool { return s.Station == id })
	if i < 0 || states[i].Revision == 0 {
		return nil, nil
	}
	held, err := d.Store.Schedule(ctx, id, states[i].Revision)
	if errors.Is(err, scheduler.ErrNotFound) {
		return nil, nil // from before a database was restored: carry everything
	}
	if err != nil {
		return nil, err
	}
	there := map[scheduler.Digest]bool{}
	for _, f := range held.Files {
		there[f.Digest] = !slices.Contains(states[i].Missing, f.Digest)
	}
	return there, nil
}

// sealedReceipts are the receipts for what the station's last report carried.
// What came over the link was receipted there, or comes again.
func (d *Desk) sealedReceipts(ctx context.Context, id scheduler.StationID, now time.Time) (sealed [][]byte, err error) {
	all, err := d.Store.Receipts(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, r := range gathered(all) {
		raw, err := sealReceipt(d.Publisher.Key, id, r, now, carriedLife)
		if err != nil {
			return nil, err
		}
		sealed = append(sealed, raw)
	}
	return sealed, nil
}

// gathered joins receipts of the same log as long as they do not name too many
// lines; a batch and so a receipt of it has far fewer.
func gathered(all []devices.Receipt) (joined []devices.Receipt) {
	for _, r := range all {
		last := len(joined) - 1
		if last < 0 || joined[last].Log != r.Log || linesOf(joined[last])+linesOf(r) > receipted {
			joined = append(joined, r)
			continue
		}
		joined[last].Accepted = append(joined[last].Accepted, r.Accepted...)
		joined[last].Rejected = append(joined[last].Rejected, r.Rejected...)
	}
	return joined
}

func linesOf(r devices.Receipt) int { return len(r.Accepted) + len(r.Rejected) }

// TakeReport takes in a report that was carried here.
func (d *Desk) TakeReport(ctx context.Context, report io.Reader) (web.ReportTaken, error) {
	return d.takeReport(ctx, report, time.Now())
}

func (d *Desk) takeReport(ctx context.Context, report io.Reader, now time.Time) (web.ReportTaken, error) {
	r, certificate, err := d.readReport(report, now)
	if err != nil {
		return web.ReportTaken{}, err
	}
	if _, err := d.Store.Station(ctx, r.Station); err != nil {
		return web.ReportTaken{}, fmt.Errorf("take report of station %s: %w", r.Station, err)
	}
	taken := web.ReportTaken{Station: r.Station, Made: r.Made}
	if certificate.NotAfter.Before(now) {
		taken.Ended = certificate.NotAfter
	}
	defer d.News.Tell()
	receipts, err := d.takeLines(ctx, r, now, &taken)
	if err != nil {
		return taken, err
	}
	if taken.State, err = d.Store.PutReported(ctx, r.State, now); err != nil {
		return taken, err
	}
	made := r.Made
	if made.After(now) { // its clock is wrong, and must not outbid every report to come
		made = now
	}
	return taken, d.Store.PutReport(ctx, r.Station, made, receipts)
}

// readReport reads a report and proves whose it is.
func (d *Desk) readReport(report io.Reader, now time.Time) (bundle.Report, *x509.Certificate, error) {
	raw, err := io.ReadAll(io.LimitReader(report, bundle.MaxReport+1))
	if err != nil {
		return bundle.Report{}, nil, fmt.Errorf("read report: %w", err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(d.Authority.Certificate())
	if len(raw) > bundle.MaxReport {
		return bundle.Report{}, nil, scheduler.Invalid(fmt.Errorf("read report: %w: it is over %d MiB", bundle.ErrForm, bundle.MaxReport>>20))
	}
	r, certificate, err := bundle.ReadReport(bytes.NewReader(raw), int64(len(raw)), roots, now)
	return r, certificate, scheduler.Invalid(err)
}

// takeLines commits the lines of a report batch by batch, exactly as if they had
// come over the link, and counts what became of them.
func (d *Desk) takeLines(ctx context.Context, r bundle.Report, now time.Time, taken *web.ReportTaken) (receipts []devices.Receipt, err error) {
	for _, b := range r.Batches {
		before, err := d.Store.HeldNumbers(ctx, b)
		if err != nil {
			return receipts, err
		}
		receipt, err := d.Intake.keep(ctx, r.Station, b, now)
		if err != nil {
			return receipts, err
		}
		for _, n := range receipt.Accepted {
			if slices.Contains(before, n) {
				taken.Duplicate++
			} else {
				taken.New++
			}
		}
		taken.Rejected += len(receipt.Rejected)
		if linesOf(receipt) == 0 {
			continue
		}
		receipts = append(receipts, receipt)
		if err := d.Intake.receipt(ctx, r.Station, receipt, now); err != nil {
			d.Intake.Log.Debug("receipt not sent; it is carried in the next bundle", "station", r.Station, "err", err)
		}
	}
	return receipts, nil
}
