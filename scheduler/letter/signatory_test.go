package letter

import "testing"

func TestTakeSignatory(t *testing.T) {
	cases := []struct{ why, foot, name, position string }{
		{"beside the copies", "Nơi nhận:                         KT. GIÁM ĐỐC\n- Như trên;                       PHÓ GIÁM ĐỐC\n- Lưu: VT.\n\n                               Nguyễn Văn Nhật", "Nguyễn Văn Nhật", "PHÓ GIÁM ĐỐC"},
		{"below them", "Nơi nhận:\n- Như trên.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nLường Văn Hoạch", "Lường Văn Hoạch", "CHỦ TỊCH"},
		{"run together with them", "Nơi nhận: TM. BAN CHỈ ĐẠO\n- Đài truyền thanh xã; TRƯỞNG BAN\n- Lưu VP. (Đã ký)\nHoàng Văn Thắng", "Hoàng Văn Thắng", "TRƯỞNG BAN"},
		{"of the party", "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nMa Văn Quyết", "Ma Văn Quyết", "PHÓ BÍ THƯ"},
		{"by order of another", "TUQ. TRƯỞNG BAN\nỦY VIÊN THƯỜNG TRỰC\nCHÁNH VĂN PHÒNG\nNông Quốc Huấn", "Nông Quốc Huấn", "CHÁNH VĂN PHÒNG"},
		{"a position on two lines", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTHƯỜNG TRỰC\n\nLê Thị Lan", "Lê Thị Lan", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"},
		{"a position on the line of whom it stands for", "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC\nLê Thị Lan", "Lê Thị Lan", "PHÓ GIÁM ĐỐC"},
		{"a rank before the name", "TRƯỞNG CÔNG AN HUYỆN\n\nThượng tá Lù Văn Chính", "Lù Văn Chính", "TRƯỞNG CÔNG AN HUYỆN"},
		{"a degree before the name", "GIÁM ĐỐC\n(đã ký)\nBS.CKII Nguyễn Thị Mỹ Lệ", "Nguyễn Thị Mỹ Lệ", "GIÁM ĐỐC"},
		{"a name of one word", "CHỦ TỊCH\n\n\nHlưn", "Hlưn", "CHỦ TỊCH"},
		{"two side by side, the one on the right", "SỞ Y TẾ                        SỞ TƯ PHÁP\nGIÁM ĐỐC                       KT. GIÁM ĐỐC\n                               PHÓ GIÁM ĐỐC\nLê Văn An                      Trần Thị Bình", "Trần Thị Bình", "PHÓ GIÁM ĐỐC"},
		{"two side by side, whose positions begin on other lines", "   TM. BAN THƯỜNG VỤ                      BẢO HIỂM XÃ HỘI HUYỆN\n  HỘI NÔNG DÂN HUYỆN                           GIÁM ĐỐC\n       CHỦ TỊCH\n\n\n    Huỳnh Văn Sáu                          Trần Thị Thu", "Trần Thị Thu", "GIÁM ĐỐC"},
		{"a position on two lines on the left", "GIÁM ĐỐC SỞ THÔNG TIN                        GIÁM ĐỐC SỞ Y TẾ\n   VÀ TRUYỀN THÔNG\n\n    Lê Khắc Thuận                              Hồ Đức Tuệ", "Hồ Đức Tuệ", "GIÁM ĐỐC SỞ Y TẾ"},
		{"a position on two lines on the right", "GIÁM ĐỐC SỞ Y TẾ                        GIÁM ĐỐC SỞ THÔNG TIN\n                                            VÀ TRUYỀN THÔNG\n\n    Hồ Đức Tuệ                              Lê Khắc Thuận", "Lê Khắc Thuận", "GIÁM ĐỐC SỞ THÔNG TIN VÀ TRUYỀN THÔNG"},
		{"a position that ends in a comma", "GIÁM ĐỐC SỞ VĂN HÓA,\nTHỂ THAO VÀ DU LỊCH\n\nLê Văn An", "Lê Văn An", "GIÁM ĐỐC SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"},
		{"a position that ends in a hyphen", "GIÁM ĐỐC SỞ LAO ĐỘNG -\nTHƯƠNG BINH VÀ XÃ HỘI\n\nLê Văn An", "Lê Văn An", "GIÁM ĐỐC SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"},
		{"a person whose name is in capitals", "GIÁM ĐỐC\n\nTHẾ VĂN AN", "THẾ VĂN AN", "GIÁM ĐỐC"},
		{"marks of an electronic signature", "CHỦ TỊCH\nKý bởi: UBND xã\nThời gian ký: 26/09/2022\nHoàng Đức Đệ", "Hoàng Đức Đệ", "CHỦ TỊCH"},
		{"nobody", "Nơi nhận:\n- Như trên;\n- Lưu: VT.", "", ""},
	}
	for _, c := range cases {
		var h letterhead
		h.takeSignatory(linesOf(c.foot))
		if got := h.signatory; got.Name != c.name || got.Position != c.position {
			t.Errorf("%s: %q, %q, want %q, %q", c.why, got.Name, got.Position, c.name, c.position)
		}
	}
}
