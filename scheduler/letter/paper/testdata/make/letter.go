package main

// block is one part of the letter's body.
type block struct {
	level int    // 0 a paragraph, 1 "1.", 2 "a)", 3 "-"
	text  string // of a paragraph or an item
	table [][]string
}

// The letter is made up: office, numbers and people do not exist.
var (
	headLeft = []string{
		"UBND TỈNH QUẢNG AN",
		"SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH",
		"",
		"Số: 1487/SVHTTDL-TTBC",
		"V/v tuyên truyền các nhiệm vụ",
		"trọng tâm tháng 8, tháng 9 năm 2024",
		"trên hệ thống truyền thanh cơ sở",
	}
	headRight = []string{
		"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
		"Độc lập - Tự do - Hạnh phúc",
		"",
		"Quảng An, ngày 06 tháng 8 năm 2024",
	}
	greeting = []string{
		"Kính gửi:",
		"- Trung tâm Văn hóa, Thông tin các huyện, thành phố;",
		"- Đài Truyền thanh các xã, phường, thị trấn.",
	}
	body = []block{
		{text: "Thực hiện Kế hoạch số 32-KH/TU ngày 12/7/2024 của Tỉnh ủy Quảng An về công tác thông tin, tuyên truyền 6 tháng cuối năm 2024; Công văn số 2215/UBND-KGVX ngày 30/7/2024 của UBND tỉnh về việc tăng cường tuyên truyền trên hệ thống truyền thanh cơ sở, Sở Văn hóa, Thể thao và Du lịch đề nghị các đơn vị tập trung tuyên truyền các nội dung sau:"},
		{level: 1, text: "Tuyên truyền Luật Căn cước số 26/2023/QH15 ngày 27/11/2023 của Quốc hội; Nghị định số 70/2024/NĐ-CP ngày 25/6/2024 của Chính phủ quy định chi tiết một số điều và biện pháp thi hành Luật Căn cước. Tập trung làm rõ các điểm mới về cấp thẻ căn cước cho người dưới 14 tuổi, việc thu nhận thông tin sinh trắc học và giá trị sử dụng của căn cước điện tử."},
		{level: 1, text: "Tuyên truyền công tác phòng, chống thiên tai và tìm kiếm cứu nạn trong mùa mưa bão năm 2024:"},
		{level: 2, text: "Tuyên truyền Công điện số 73/CĐ-TTg ngày 24/7/2024 của Thủ tướng Chính phủ về việc chủ động ứng phó với mưa lũ, sạt lở đất; phổ biến các kỹ năng ứng phó với bão, lũ quét để Nhân dân biết và chủ động phòng tránh."},
		{level: 2, text: "Tuyên truyền Chỉ thị số 45-CT/TU ngày 02/5/2024 của Ban Thường vụ Tỉnh ủy về tăng cường sự lãnh đạo của Đảng đối với công tác phòng, chống thiên tai trên địa bàn tỉnh."},
		{level: 1, text: "Tuyên truyền công tác bảo vệ môi trường, chăm sóc sức khỏe Nhân dân, gồm:"},
		{level: 3, text: "Tuyên truyền Kế hoạch số 158/KH-UBND ngày 18/6/2024 của UBND tỉnh về thu gom, phân loại chất thải rắn sinh hoạt tại nguồn giai đoạn 2024-2025."},
		{level: 3, text: "Tuyên truyền các biện pháp phòng, chống bệnh sốt xuất huyết, bệnh dại theo Công văn số 1902/SYT-NVY ngày 22/7/2024 của Sở Y tế."},
		{level: 1, text: "Tuyên truyền Hướng dẫn số 03-HD/BTGTU ngày 15/7/2024 của Ban Tuyên giáo Tỉnh ủy về tổ chức các hoạt động kỷ niệm 79 năm Cách mạng tháng Tám và Quốc khánh 02/9. Phát tối thiểu 03 lượt/ngày, mỗi lượt không dưới 05 phút, từ ngày 10/8/2024 đến hết ngày 15/9/2024."},
		{level: 1, text: "Tuyên truyền công tác chuyển đổi số và cải cách hành chính theo Quyết định số 1189/QĐ-UBND ngày 20/5/2024 của Chủ tịch UBND tỉnh về việc phê duyệt Kế hoạch chuyển đổi số năm 2024; hướng dẫn Nhân dân thực hiện dịch vụ công trực tuyến, thanh toán không dùng tiền mặt, cảnh giác với các thủ đoạn lừa đảo trên không gian mạng. Phát 02 buổi/tuần, vào thứ Hai và thứ Sáu."},
		{level: 1, text: "Tuyên truyền công tác bảo đảm trật tự, an toàn giao thông, phòng cháy, chữa cháy:"},
		{level: 2, text: "Tuyên truyền Luật Trật tự, an toàn giao thông đường bộ số 36/2024/QH15 ngày 27/6/2024 của Quốc hội; vận động Nhân dân không điều khiển phương tiện khi đã uống rượu, bia, đội mũ bảo hiểm đạt chuẩn khi đi mô tô, xe gắn máy."},
		{level: 2, text: "Tuyên truyền Thông báo số 411-TB/TU ngày 09/7/2024 của Tỉnh ủy về kết luận của Ban Thường vụ Tỉnh ủy đối với công tác phòng cháy, chữa cháy và cứu nạn, cứu hộ tại các khu dân cư, chợ và nhà ở kết hợp sản xuất, kinh doanh."},
		{text: "Lịch phát các chuyên mục trong tuần như sau:"},
		{table: [][]string{
			{"Buổi phát", "Giờ phát", "Chuyên mục"},
			{"Thứ Hai", "05 giờ 00", "Pháp luật và đời sống"},
			{"Thứ Tư", "17 giờ 00", "Môi trường xanh"},
			{"Thứ Sáu", "17 giờ 30", "Sức khỏe cho mọi người"},
		}},
		{text: "Đề nghị các đơn vị duy trì thời lượng phát thanh, bố trí phát vào khung giờ có nhiều người nghe và gửi báo cáo kết quả về Sở trước ngày 25 hằng tháng để tổng hợp, báo cáo UBND tỉnh./."},
	}
	footLeft = []string{
		"Nơi nhận:",
		"- Như trên;",
		"- UBND tỉnh (để báo cáo);",
		"- Giám đốc, các Phó Giám đốc Sở;",
		"- Lưu: VT, TTBC.",
	}
	footRight = []string{
		"KT. GIÁM ĐỐC",
		"PHÓ GIÁM ĐỐC",
		"",
		"",
		"Nguyễn Thị Minh Hằng",
	}
)
