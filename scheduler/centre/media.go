package centre

import (
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"loaphuong/devices"
	"loaphuong/scheduler"
	"loaphuong/scheduler/studio"
)

// mediaPath is where stations fetch audio, before the digest.
const mediaPath = "/v1/media/"

// media serves on-air files by digest to enrolled stations, in ranges so that
// a broken fetch can go on.
func media(s *studio.Studio, log *slog.Logger) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		station, ok := devices.StationOf(r.TLS)
		if !ok {
			http.Error(w, "audio is for enrolled stations: show the station's certificate", http.StatusForbidden)
			return
		}
		digest, err := scheduler.ParseDigest(r.PathValue("digest"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		f, _, err := s.Open(digest)
		if errors.Is(err, fs.ErrNotExist) {
			http.Error(w, "no such audio here: publish again", http.StatusNotFound)
			return
		}
		if err != nil {
			log.Error("serve audio", "digest", digest, "station", station, "err", err)
			http.Error(w, "the centre cannot read this audio now", http.StatusInternalServerError)
			return
		}
		defer f.Close()
		w.Header().Set("Content-Type", "audio/ogg")
		w.Header().Set("ETag", `"`+string(digest)+`"`)
		w.Header().Set("Cache-Control", "private, immutable, max-age=31536000")
		http.ServeContent(w, r, "", time.Time{}, f)
	}
}
