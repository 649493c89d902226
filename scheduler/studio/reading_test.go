package studio

import "testing"

func TestVietnameseReading(t *testing.T) {
	r := VietnameseReading()
	for _, c := range []struct{ written, said string }{
		// document numbers
		{"Công văn số 3168/UBND-VP", "Công văn số 3168 trên Ủy ban nhân dân, vê pê"},
		{"Thông tư 39/2020/TT-BTTTT", "Thông tư 39 năm 2020 trên tê tê, Bộ Thông tin và Truyền thông"},
		{"Nghị định số 49/2024/NĐ-CP", "Nghị định số 49 năm 2024 trên Nghị định, Chính phủ"},
		{"Chỉ thị 16/CT-TTg", "Chỉ thị 16 trên xê tê, Thủ tướng Chính phủ"},
		{"số 1234/QĐ-UBND ngày 5/3/2024", "số 1234 trên Quyết định, Ủy ban nhân dân ngày 5 tháng 3 năm 2024"},
		{"Kế hoạch số 32-KH/TU", "Kế hoạch số 32 ca hát, tê u"},
		{"03-HD/BDVTU", "03 hát dê, bê dê vê tê u"},
		{"15/KH-VH-TT", "15 trên ca hát, vê hát, tê tê"},
		// abbreviations
		{"UBND và HĐND xã", "Ủy ban nhân dân và Hội đồng nhân dân xã"},
		{"phát triển KT-XH", "phát triển kinh tế - xã hội"},
		{"Sở TT&TT, Phòng GD&ĐT", "Sở Thông tin và Truyền thông, Phòng Giáo dục và Đào tạo"},
		{"HĐND-UBND-MTTQ", "Hội đồng nhân dân-Ủy ban nhân dân-Mặt trận Tổ quốc"},
		{"TP. Hải Dương", "thành phố Hải Dương"},
		{"TP.HCM", "thành phố Hồ Chí Minh"},
		{"THÔNG BÁO CỦA UBND", "THÔNG BÁO CỦA Ủy ban nhân dân"}, // capitals alone are no abbreviation
		{"mạng VNPT", "mạng vê en nờ pê tê"},                    // no vowel: nobody can say it
		{"ông Cp và chị Tt", "ông Cp và chị Tt"},                // case counts
		{"UBNDX", "UBNDX"}, // only whole words
		// days and months
		{"từ 27/8/2021", "từ ngày 27 tháng 8 năm 2021"},
		{"Ngày 27/08/2021", "Ngày 27 tháng 8 năm 2021"}, // not said twice
		{"ngày 27-8-2021.", "ngày 27 tháng 8 năm 2021."},
		{"từ nay đến hết ngày 15/9", "từ nay đến hết ngày 15 tháng 9"},
		{"nghỉ lễ 30/4", "nghỉ lễ ngày 30 tháng 4"},
		{"từ 20-22/8", "từ 20 đến ngày 22 tháng 8"},
		{"mùng 3/2", "mùng 3 tháng 2"},
		{"tháng 8/2021", "tháng 8 năm 2021"},
		{"quý III/2025", "quý 3 năm 2025"},
		{"quý 4/2025", "quý 4 năm 2025"},
		{"KỲ XÉT TUYỂN", "KỲ XÉT TUYỂN"},
		{"ngày 20/10-Ngày Phụ nữ", "ngày 20 tháng 10-Ngày Phụ nữ"},
		{"Bài 5-THÔNG BÁO", "Bài 5-THÔNG BÁO"},
		{"khóa XIV", "khóa 14"},
		{"phần vi phạm", "phần vi phạm"}, // small letters are no numeral
		{"12/15 thôn", "12 trên 15 thôn"},
		{"99/99/2021", "99 trên 99 trên 2021"}, // no day
		// times and numbers
		{"lúc 16h30", "lúc 16 giờ 30 phút"},
		{"7h-9h", "7 giờ đến 9 giờ"},
		{"05:00", "5 giờ"},
		{"8 giờ 05 phút", "8 giờ 05 phút"},
		{"15 hộ nghèo, 5 hs", "15 hộ nghèo, 5 hs"},
		{"16h30 phường", "16 giờ 30 phút phường"},
		{"lúc 8 giờ 100 người", "lúc 8 giờ 100 người"},
		{"1.250.000đ", "1250000 đồng"},
		{"đạt 95%", "đạt 95 phần trăm"},
		{"38°C", "38 độ xê"},
		{"500m2 đất", "500 mét vuông đất"},
		{"gọi 0912.345.678", "gọi 0 9 1 2 3 4 5 6 7 8"},
		{"3 lượt/ngày", "3 lượt trên ngày"},
		// addresses, names, signs
		{"tại https://www.haiduong.gov.vn/tin/1?a=b, hoặc", "tại haiduong chấm gov chấm vn, hoặc"},
		{"tại haiduong.gov.vn.", "tại haiduong chấm gov chấm vn."},
		{"thư a@b.gov.vn", "thư a a còng b chấm gov chấm vn"},
		{"dịch Covid-19, COVID", "dịch cô vít 19, cô vít"},
		{"[[x]] <b>chữ</b>", "x b chữ trên b"}, // engines take these for commands
		{"", ""},
	} {
		got := r.Speakable(c.written)
		if got != c.said {
			t.Errorf("%q is read %q, want %q", c.written, got, c.said)
		}
		if again := r.Speakable(got); again != got {
			t.Errorf("%q is read %q and then %q", c.written, got, again)
		}
	}
}

func TestTheZeroReadingChangesNothing(t *testing.T) {
	const text = "UBND, 27/8/2021, [[x]] 3168/UBND-VP BCĐ"
	if got := (Reading{}).Speakable(text); got != text {
		t.Errorf("%q", got)
	}
}

func TestAnAreasOwnWords(t *testing.T) {
	r := VietnameseReading()
	r.Words["TTVH"] = "Trung tâm Văn hóa"
	if got := r.Speakable("TTVH xã"); got != "Trung tâm Văn hóa xã" {
		t.Errorf("%q", got)
	}
	if _, ok := VietnameseReading().Words["TTVH"]; ok {
		t.Error("one caller's words are in another's table")
	}
}

func FuzzReading(f *testing.F) {
	r := VietnameseReading()
	f.Add("số 3168/UBND-VP ngày 27/8/2021, 16h30")
	f.Fuzz(func(t *testing.T, text string) {
		if got := r.Speakable(text); len(got) > 40*len(text)+40 {
			t.Errorf("%q grew to %d bytes", text, len(got))
		}
	})
}
