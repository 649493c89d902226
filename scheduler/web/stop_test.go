package web

import (
	"net/http"
	"testing"
)

func TestStopEverythingFromThePage(t *testing.T) {
	desk := world()
	saysNot(t, page(t, desk, "/"), "Dừng tất cả")
	if w := post(t, desk, "/stops", form()); w.Code != http.StatusUnauthorized {
		t.Errorf("without a name: %d", w.Code)
	}
	as := signedIn(t, desk)
	says(t, page(t, desk, "/", as), "Dừng tất cả", `action="/stops"`)
	w := post(t, desk, "/stops", form(), as)
	if at := w.Header().Get("Location"); w.Code != http.StatusSeeOther || at != "/?told=5&untold=0" {
		t.Fatalf("%d to %s", w.Code, at)
	}
	says(t, page(t, desk, "/?told=4&untold=0", as), "Đã báo 4 đài dừng.")
	says(t, page(t, desk, "/?told=1&untold=3", as), "3 đài chưa nhận được lệnh dừng: hãy gọi điện. Đã báo 1 đài.")
}

func TestARecordingIsKeptForMissingAudio(t *testing.T) {
	desk := world()
	as := signedIn(t, desk)
	says(t, page(t, desk, "/recordings", as), "Để dành phát thay")
	var id string
	for _, r := range desk.recordings {
		if r.Approved() && !r.Evergreen {
			id = string(r.ID)
		}
	}
	if w := post(t, desk, "/recordings", form("recording", id, "evergreen", "yes"), as); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/recordings#recording-"+id {
		t.Fatalf("%d to %s", w.Code, w.Header().Get("Location"))
	}
	says(t, page(t, desk, "/recordings", as), "Thôi để dành phát thay")
	if w := post(t, desk, "/recordings", form("recording", "none", "evergreen", "yes"), as); w.Code != http.StatusNotFound {
		t.Errorf("one that is not there: %d", w.Code)
	}
	if w := post(t, desk, "/recordings", form("recording", id, "evergreen", "no")); w.Code != http.StatusUnauthorized {
		t.Errorf("by nobody: %d", w.Code)
	}
}
