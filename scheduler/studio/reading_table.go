package studio

// VietnameseReading is the reading of official Vietnamese, made anew for each
// caller, who may add an area's own abbreviations. An abbreviation with two
// common readings is not in it (CT: chỉ thị, công ty, chủ tịch) and is spelled.
func VietnameseReading() Reading {
	return Reading{Words: vietnameseWords(), Letters: vietnameseLetters()}
}

func vietnameseWords() map[string]string {
	return map[string]string{
		// offices
		"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "MTTQ": "Mặt trận Tổ quốc", "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
		"BCH": "Ban Chấp hành", "BTV": "Ban Thường vụ", "BCĐ": "Ban Chỉ đạo", "BTG": "Ban Tuyên giáo", "BTC": "Ban Tổ chức",
		"TTg": "Thủ tướng Chính phủ", "CP": "Chính phủ", "TW": "Trung ương", "TƯ": "Trung ương", "ĐBQH": "đại biểu Quốc hội",
		"BTTTT": "Bộ Thông tin và Truyền thông", "TTTT": "Thông tin và Truyền thông", "TT&TT": "Thông tin và Truyền thông",
		"VHTTDL": "Văn hóa, Thể thao và Du lịch", "VHTT": "Văn hóa - Thông tin", "VH-TT": "Văn hóa - Thông tin",
		"GD&ĐT": "Giáo dục và Đào tạo", "GDĐT": "Giáo dục và Đào tạo", "TN&MT": "Tài nguyên và Môi trường",
		"NN&PTNT": "Nông nghiệp và Phát triển nông thôn", "LĐTBXH": "Lao động, Thương binh và Xã hội", "KH&CN": "Khoa học và Công nghệ",
		"BHXH": "Bảo hiểm xã hội", "BHYT": "bảo hiểm y tế", "CLB": "câu lạc bộ", "HTX": "hợp tác xã", "TDP": "tổ dân phố",
		"THCS": "trung học cơ sở", "THPT": "trung học phổ thông", "TP": "thành phố", "TX": "thị xã", "HCM": "Hồ Chí Minh", "VN": "Việt Nam",
		// papers
		"QĐ": "Quyết định", "NĐ": "Nghị định", "NQ": "Nghị quyết", "QPPL": "quy phạm pháp luật", "CCCD": "căn cước công dân",
		// topics
		"KT-XH": "kinh tế - xã hội", "KTXH": "kinh tế - xã hội", "QP-AN": "quốc phòng - an ninh", "QPAN": "quốc phòng - an ninh",
		"ANTT": "an ninh trật tự", "ATGT": "an toàn giao thông", "ATTP": "an toàn thực phẩm", "VSATTP": "vệ sinh an toàn thực phẩm",
		"PCCC": "phòng cháy chữa cháy", "PCTT": "phòng chống thiên tai", "TKCN": "tìm kiếm cứu nạn", "NTM": "nông thôn mới",
		"DTTS": "dân tộc thiểu số", "CNTT": "công nghệ thông tin", "CĐS": "chuyển đổi số", "XHCN": "xã hội chủ nghĩa",
	}
}

// vietnameseLetters are the names newsreaders use. They are written as
// syllables that an engine reads right.
func vietnameseLetters() map[rune]string {
	return map[rune]string{
		'A': "a", 'Ă': "á", 'Â': "ớ", 'B': "bê", 'C': "xê", 'D': "dê", 'Đ': "đê", 'E': "e", 'Ê': "ê", 'F': "ép",
		'G': "giê", 'H': "hát", 'I': "i", 'J': "gi", 'K': "ca", 'L': "e lờ", 'M': "em mờ", 'N': "en nờ", 'O': "o",
		'Ô': "ô", 'Ơ': "ơ", 'P': "pê", 'Q': "quy", 'R': "e rờ", 'S': "ét xì", 'T': "tê", 'U': "u", 'Ư': "ư",
		'V': "vê", 'W': "vê kép", 'X': "ích xì", 'Y': "i dài", 'Z': "dét",
	}
}
