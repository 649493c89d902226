package centre

import (
	"encoding/json"
	"net/http"
	"time"

	"loaphuong/devices"
)

// timePath is where stations ask for the time.
const timePath = "/v1/time"

// tellTime answers an enrolled station with the centre's time, once as the
// question came and once as the answer leaves: the station wants to know how
// long the question was on its way, not how long it lay here.
func tellTime(now func() time.Time) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		received := now().UTC()
		if _, ok := devices.StationOf(r.TLS); !ok {
			http.Error(w, "the time is for enrolled stations: show the station's certificate", http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		_ = json.NewEncoder(w).Encode(struct { // a station that has gone asks again
			Received time.Time `json:"received"`
			Sent     time.Time `json:"sent"`
		}{received, now().UTC()})
	}
}
