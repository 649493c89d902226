package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"loaphuong/devices/bundle"
	"loaphuong/scheduler"
	"loaphuong/scheduler/web"
)

func newBundle() *cobra.Command {
	return group("bundle", "Carry schedules to stations without a link, and their reports back", newBundleExport(), newBundleImport())
}

func newBundleExport() *cobra.Command {
	c := &cobra.Command{
		Use:   "export STATION",
		Short: "Write what is to be carried to a station: schedule, audio, receipts",
		Long: "Write one file for a USB stick with what a station lacks: its schedule, signed, the audio, and receipts for\n" +
			"what it last reported. At the station it is taken in with `loaphuong-agent bundle import FILE`.",
		Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			path, _ := c.Flags().GetString("output")
			force, _ := c.Flags().GetBool("force")
			var parts web.BundleParts
			parts.Known, _ = c.Flags().GetBool("known")
			parts.NoAudio, _ = c.Flags().GetBool("no-audio")
			centre, err := dial(c)
			if err != nil {
				return err
			}
			if err := exportBundle(c, centre, scheduler.StationID(args[0]), parts, path, force); err != nil {
				return err
			}
			return sayWritten(c.OutOrStdout(), path)
		},
	}
	c.Flags().StringP("output", "o", "", "the file to write")
	c.Flags().Bool("known", false, "leave out audio that the station last said it holds")
	c.Flags().Bool("no-audio", false, "leave out all audio")
	c.Flags().Bool("force", false, "write over a file that is there")
	c.MarkFlagRequired("output")
	return c
}

// exportBundle writes a bundle as it comes.
func exportBundle(c *cobra.Command, centre web.Bundles, id scheduler.StationID, parts web.BundleParts, path string, force bool) error {
	err := bundle.Save(path, force, func(w io.Writer) error {
		b, err := centre.OpenBundle(c.Context(), id, parts)
		if err != nil {
			return err
		}
		defer b.Close()
		p := &progress{on: c.ErrOrStderr()}
		defer p.end()
		_, err = io.Copy(io.MultiWriter(w, p), b)
		return err
	})
	if errors.Is(err, fs.ErrExist) {
		return usageError{fmt.Errorf("%w: choose another name, or write over it with --force", err)}
	}
	return err
}

// sayWritten says what stands in the file now, as read back from it.
func sayWritten(out io.Writer, path string) error {
	in, err := bundle.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	size := int64(0)
	for _, f := range in.Files() {
		size += f.Size
	}
	fmt.Fprintf(out, "%s: for station %s: schedule %d, good until %s; %d of %d audio files, %.1f MB; %d receipts\n",
		path, in.Station(), in.Revision(), in.Lease().Local().Format("02/01/2006 15:04"), len(in.Files()), in.Needed(), float64(size)/1e6, len(in.Receipts()))
	return nil
}

// progress shows on a terminal how much has been written.
type progress struct {
	on    io.Writer
	bytes int64
}

// progressStep is how many bytes are between two words of progress.
const progressStep = 4 << 20

// Write counts.
func (p *progress) Write(b []byte) (int, error) {
	before := p.bytes / progressStep
	p.bytes += int64(len(b))
	if p.bytes/progressStep > before && p.seen() {
		fmt.Fprintf(p.on, "\r\x1b[K%d MB written", p.bytes/1e6)
	}
	return len(b), nil
}

// seen reports whether a person watches.
func (p *progress) seen() bool {
	f, ok := p.on.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// end clears the line.
func (p *progress) end() {
	if p.bytes >= progressStep && p.seen() {
		fmt.Fprint(p.on, "\r\x1b[K")
	}
}

func newBundleImport() *cobra.Command {
	return addOutput(&cobra.Command{
		Use:   "import FILE...",
		Short: "Take in reports that were carried here from stations",
		Long: "Take in reports that `loaphuong-agent bundle export` has written at stations, as if they had come over the link.\n" +
			"A report that is taken in twice changes nothing. The next bundle for the station carries the receipts.",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("want `%s`, got no file", c.UseLine())
			}
			return nil
		},
		RunE: atCentre(func(c *cobra.Command, args []string, centre *web.Client) error {
			all, failed := importReports(c.Context(), centre, args)
			if len(all) == 0 {
				return failed
			}
			return errors.Join(show(c, reportTable(all), all), failed)
		}),
	})
}

// importReports takes the reports one after another: one that is refused does
// not keep the others from the ledger.
func importReports(ctx context.Context, centre web.Bundles, paths []string) (all []web.ReportTaken, failed error) {
	for _, path := range paths {
		taken, err := importReport(ctx, centre, path)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("import %s: %w", path, err))
			continue
		}
		all = append(all, taken)
	}
	return all, failed
}

func importReport(ctx context.Context, centre web.Bundles, path string) (web.ReportTaken, error) {
	f, err := os.Open(path)
	if err != nil {
		return web.ReportTaken{}, usageError{err}
	}
	defer f.Close()
	return centre.TakeReport(ctx, f)
}

func reportTable(all []web.ReportTaken) table {
	t := table{heading: []string{"STATION", "MADE", "NEW", "DUPLICATE", "REJECTED", "NOTE"}}
	for _, r := range all {
		t.add(string(r.Station), r.Made.Local().Format("02/01/2006 15:04"), fmt.Sprint(r.New), fmt.Sprint(r.Duplicate), fmt.Sprint(r.Rejected), reportNote(r))
	}
	return t
}

// reportNote says what a person should know of a report that was taken.
func reportNote(r web.ReportTaken) string {
	switch {
	case !r.Ended.IsZero():
		return fmt.Sprintf("the station's certificate ended on %s: renew it with `loaphuong station code %s`", r.Ended.Local().Format(time.DateOnly), r.Station)
	case r.Rejected > 0:
		return "rejected lines are kept apart"
	case !r.State:
		return "newer word of the station was held already"
	}
	return ""
}
