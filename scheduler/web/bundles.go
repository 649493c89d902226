package web

import (
	"context"
	"io"
	"time"

	"loaphuong/scheduler"
)

// BundleParts says what of the audio a bundle is to carry: all that the
// schedule needs where nothing else is said.
type BundleParts struct {
	Known   bool // leave out what the station last said it holds
	NoAudio bool // leave out all
}

// ReportTaken is what came of a report that was carried to the centre.
type ReportTaken struct {
	Station   scheduler.StationID `json:"station"`
	Made      time.Time           `json:"made" doc:"by the station's own clock"`
	New       int                 `json:"new" doc:"as-run lines that were not held before"`
	Duplicate int                 `json:"duplicate" doc:"lines that were held already"`
	Rejected  int                 `json:"rejected" doc:"lines that are kept apart for a person to see"`
	State     bool                `json:"state" doc:"whether what it says of the station is the newest that is known"`
	// Ended is set where the certificate that proves whose report it is has ended.
	Ended time.Time `json:"ended,omitzero" doc:"when the station's certificate ended, if it has"`
}

// Bundles are what is carried by hand to stations without a link, and back.
type Bundles interface {
	// OpenBundle makes a bundle for a station, to be read to its end: an error in
	// its place means that what came is not whole.
	OpenBundle(ctx context.Context, id scheduler.StationID, parts BundleParts) (io.ReadCloser, error)
	// TakeReport takes what a station reports by hand, as over the link. The same
	// report again changes nothing. A report that is not of a station of this
	// centre is [scheduler.ErrInvalid].
	TakeReport(ctx context.Context, report io.Reader) (ReportTaken, error)
}
