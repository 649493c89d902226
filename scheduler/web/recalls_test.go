package web

import (
	"net/http"
	"testing"

	"loaphuong/scheduler"
)

func TestTheRecallsSayWhoHasNotFollowed(t *testing.T) {
	desk := world()
	body := page(t, desk, "/recalls")
	says(t, body, "1 đài chưa nhận", "Chủ động phòng, chống thiên tai", "sai số điện thoại", "Trần Thị Bình, 16:50", "2 đài đang giữ lúc thu hồi",
		`<a href="/stations/dong-cam">Đài Đồng Cẩm</a>`, "0220 3 786 000", "nghe tin 9 giờ trước (08:15)")
	saysNot(t, body, "<button", "Đài Cẩm Giàng")
	says(t, page(t, newMemoryDesk(now()), "/recalls"), "Chưa thu hồi gì.")
	desk.planning.recalls[0].Outstanding = nil
	says(t, page(t, desk, "/recalls"), "Mọi đài đã bỏ")
	desk.planning.recalls[0].Outstanding = []scheduler.StationID{"phu-thai"}
	says(t, page(t, desk, "/recalls"), "Chưa từng kết nối")
}

func TestARecallNamesItsReason(t *testing.T) {
	desk := world()
	as := signedIn(t, desk)
	w := post(t, desk, "/recalls", form("directive", string(letterID), "topic", "2", "why", " "), as)
	if w.Code != http.StatusUnprocessableEntity || len(desk.planning.recalls) != 1 {
		t.Fatalf("%d, %d recalls", w.Code, len(desk.planning.recalls))
	}
	says(t, w.Body.String(), "Hãy ghi lý do thu hồi.", "Thu hồi “Tăng cường phòng, chống HIV/AIDS”", `name="topic" value="2"`, "data-still") // ready to be sent again
	w = post(t, desk, "/recalls", form("directive", string(letterID), "topic", "2", "why", "sai số"), as)
	if got := desk.planning.recalls[1]; w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/recalls#recall-recall-2" ||
		got.Directive != letterID || got.Topic != 2 || got.Why != "sai số" || got.By != "Trần Thị Bình" {
		t.Errorf("%d to %s: %+v", w.Code, w.Header().Get("Location"), got)
	}
}

func TestARecallThatIsRefusedKeepsWhatWasTyped(t *testing.T) {
	desk := world()
	as := signedIn(t, desk)
	w := post(t, desk, "/recalls", form("why", "sai số"), as) // of nothing
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("%d", w.Code)
	}
	says(t, w.Body.String(), "Chưa lưu được.", "recall: name a recording")
	w = post(t, desk, "/recalls", form("recording", "r1", "topic", "-1", "why", "sai số điện thoại nóng"), as)
	says(t, w.Body.String(), `value="sai số điện thoại nóng"`, `name="recording" value="r1"`)
}

func TestARecallIsLiftedOnce(t *testing.T) {
	desk := world()
	as := signedIn(t, desk)
	says(t, page(t, desk, "/recalls", as), `name="lift" value="recall-0"`)
	if w := post(t, desk, "/recalls", form("lift", "recall-0"), as); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	body := page(t, desk, "/recalls", as)
	says(t, body, "Trần Thị Bình bỏ thu hồi 17:15", "Đã bỏ thu hồi")
	saysNot(t, body, `name="lift"`)
	for id, status := range map[string]int{"recall-0": http.StatusConflict, "none": http.StatusNotFound} {
		if w := post(t, desk, "/recalls", form("lift", id), as); w.Code != status {
			t.Errorf("%s: %d, want %d", id, w.Code, status)
		}
	}
}

func TestWhereARecallBegins(t *testing.T) {
	desk := world()
	for _, path := range []string{"/letters/" + string(letterID), "/recordings", "/recalls?recording=r1"} {
		saysNot(t, page(t, desk, path), `name="why"`) // nobody has signed in
	}
	as := signedIn(t, desk)
	says(t, page(t, desk, "/letters/"+string(letterID), as), `name="directive" value="`+string(letterID)+`"`, "cả công văn", `<option value="4">4. Chiến dịch`)
	says(t, page(t, desk, "/recordings", as), `name="recording" value="r2"`)
	says(t, page(t, desk, "/recalls?recording=r1", as), "Thu hồi “Gọi 1022: hỏi gì cũng được trả lời”")
	if w := post(t, desk, "/recalls", form("recording", "r1", "why", "x")); w.Code != http.StatusUnauthorized || len(desk.planning.recalls) != 1 {
		t.Errorf("%d", w.Code)
	}
}

func TestMakingGood(t *testing.T) {
	desk := world()
	body := page(t, desk, "/make-good")
	says(t, body, "Buổi chiều, T5 17:15 ngày mai", "hạn 15/04/2026", "máy của đài không chạy", // a proposal
		"tin bài chưa ai duyệt", "hạn 12/03/2026", // none
		"Trần Thị Bình đồng ý", "/playlists#list-good-1", "/explain?station=kim-thanh") // under way
	saysNot(t, body, `name="airing"`)
	says(t, page(t, newMemoryDesk(now()), "/make-good"), "Không có lượt nào cần bù.")
	missed := string(desk.planning.makeGoods[0].Missed.ID)
	if w := post(t, desk, "/make-good", form("airing", missed)); w.Code != http.StatusUnauthorized {
		t.Errorf("nobody: %d", w.Code)
	}
	as := signedIn(t, desk)
	says(t, page(t, desk, "/make-good", as), `name="airing" value="`+missed+`"`)
	w := post(t, desk, "/make-good", form("airing", missed), as)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/make-good#airing-"+missed {
		t.Fatalf("%d to %s", w.Code, w.Header().Get("Location"))
	}
	saysNot(t, page(t, desk, "/make-good", as), `name="airing" value="`+missed+`"`)
	w = post(t, desk, "/make-good", form("airing", missed), as)
	if w.Code != http.StatusConflict {
		t.Errorf("again: %d", w.Code)
	}
	says(t, w.Body.String(), "Người khác vừa làm việc này")
}
