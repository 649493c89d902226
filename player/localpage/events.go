package localpage

import (
	"io"
	"net/http"
	"time"
)

const (
	// changeEvent is what followers are sent: that something changed, never what.
	// Whoever hears of it looks again, so an event that was lost costs nothing.
	changeEvent = "event: change\ndata: {}\n\n"
	// aliveEvent is a comment: only by writing is a follower noticed to be gone.
	aliveEvent = ": still here\n\n"
	aliveEvery = 20 * time.Second
)

// events follows the station until the page goes.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	select {
	case s.followers <- struct{}{}:
		defer func() { <-s.followers }()
	default:
		http.Error(w, "too many pages follow this station", http.StatusServiceUnavailable)
		return
	}
	control := http.NewResponseController(w)
	control.SetWriteDeadline(time.Time{}) // a server with no such deadline has none to lift
	w.Header().Set("Content-Type", "text/event-stream")
	alive := time.NewTicker(aliveEvery)
	defer alive.Stop()
	changed, event := s.station.Changed(), changeEvent // a page that was away may have missed one
	for {
		if _, err := io.WriteString(w, event); err != nil || control.Flush() != nil {
			return
		}
		select {
		case <-changed:
			changed, event = s.station.Changed(), changeEvent // before the follower looks, so that no change falls between
		case <-alive.C:
			event = aliveEvent
		case <-r.Context().Done():
			return
		}
	}
}
