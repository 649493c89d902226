package centre

import (
	"context"
	"errors"
	"time"

	"loaphuong/devices/enrol"
	"loaphuong/scheduler"
	"loaphuong/scheduler/store"
)

// codes gives the enrolment desk the codes in the store.
type codes struct{ store *store.Store }

// Take spends a code.
func (c codes) Take(ctx context.Context, hash string, now time.Time) (scheduler.StationID, error) {
	code, err := c.store.TakeCode(ctx, hash, now)
	switch {
	case errors.Is(err, scheduler.ErrNotFound):
		return "", enrol.ErrCodeUnknown
	case err != nil:
		return "", err
	case code.Taken:
		return code.Station, nil
	case !code.Used.IsZero():
		return "", enrol.ErrCodeUsed
	}
	return "", enrol.ErrCodeExpired
}
