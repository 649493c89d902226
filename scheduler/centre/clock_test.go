package centre

import (
	"crypto/tls"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"loaphuong/devices"
)

func TestTellTime(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 3, 2, 19, 0, 0, 123456789, time.FixedZone("+07", 7*3600))
	for _, c := range []struct {
		why    string
		who    *tls.ConnectionState
		status int
	}{
		{"a station", shown(devices.StationRole, "tan-hung"), http.StatusOK},
		{"without TLS", nil, http.StatusForbidden},
		{"without a certificate", &tls.ConnectionState{}, http.StatusForbidden},
		{"the centre itself", shown(devices.CentreRole, devices.CentreName), http.StatusForbidden},
		{"a station of no name", shown(devices.StationRole, "Đài"), http.StatusForbidden},
	} {
		looked := 0
		now := func() time.Time { looked++; return noon.Add(time.Duration(looked) * time.Microsecond) }
		r := httptest.NewRequest(http.MethodGet, timePath, nil)
		r.TLS = c.who
		w := httptest.NewRecorder()
		tellTime(now)(w, r)
		if w.Code != c.status {
			t.Errorf("%s: %d, want %d", c.why, w.Code, c.status)
		}
		if c.status != http.StatusOK {
			continue
		}
		got := map[string]string{}
		must(t, json.Unmarshal(w.Body.Bytes(), &got))
		if len(got) != 2 || got["received"] != "2026-03-02T12:00:00.123457789Z" || got["sent"] != "2026-03-02T12:00:00.123458789Z" {
			t.Errorf("%s: the answer is %s", c.why, w.Body)
		}
		if h := w.Header(); h.Get("Cache-Control") != "no-store" || h.Get("Content-Type") != "application/json" {
			t.Errorf("%s: headers %v", c.why, h)
		}
	}
}
