package picture

import "fmt"

// The fields and units of a plan, as they might stand in March.
var fields = []Row{
	{Name: "I. Cải cách thể chế", Reported: 7, Asked: 9},
	{Name: "II. Cải cách thủ tục hành chính", Reported: 18, Asked: 22},
	{Name: "III. Cải cách tổ chức bộ máy", Reported: 2, Asked: 4},
	{Name: "IV. Cải cách chế độ công vụ", Work: [Boxes]int{DoneOnTime: 1, Open: 1}, Reported: 1, Asked: 2},
	{Name: "V. Cải cách tài chính công", Work: [Boxes]int{Undated: 1}, Reported: 2, Asked: 2},
	{Name: "VI. Xây dựng và phát triển Chính phủ điện tử, chính quyền số", Work: [Boxes]int{Open: 1}, Reported: 5, Asked: 7},
	{
		Name: "VII. Công tác chỉ đạo điều hành và tuyên truyền cải cách hành chính",
		Work: [Boxes]int{0, 1, 1, 1, 1}, Reported: 3, Asked: 3,
	},
}

var units = []Row{
	{Name: "Tổ Kiểm soát TTHC", Reported: 8, Asked: 8},
	{Name: "Thanh tra xây dựng", Reported: 3, Asked: 3},
	{Name: "BP Một cửa", Reported: 4, Asked: 4},
	{Name: "CC giải quyết TTHC", Reported: 1, Asked: 4},
	{Name: "P. Quản lý xây dựng", Work: [Boxes]int{Open: 1}, Reported: 3, Asked: 3},
	{Name: "P. Quy hoạch - Kiến trúc", Work: [Boxes]int{Open: 1}, Reported: 3, Asked: 3},
	{Name: "P. Hạ tầng kỹ thuật", Asked: 3},
	{Name: "P. Quản lý nhà và TTBĐS", Reported: 2, Asked: 3},
	{Name: "TT Quy hoạch - KĐXD", Asked: 3},
	{Name: "Văn phòng Sở", Work: [Boxes]int{1, 1, 3, 1, 0}, Reported: 12, Asked: 14},
	{Name: "Ban Giám đốc"},
}

func sheet(units []Row) Sheet {
	return Sheet{
		Title:    "Kế hoạch CCHC năm 2024",
		Subtitle: "98/QĐ-SXD · đến 22/03/2024",
		Legend:   [Boxes]string{"Hoàn thành đúng hạn", "Hoàn thành quá hạn", "Trong hạn", "Quá hạn", "Chưa xác định thời hạn"},
		Reported: "Báo cáo kỳ Quý I, 6 tháng: đã báo cáo/phải báo cáo",
		Sections: []Section{
			{Name: "Lĩnh vực", Work: "Nhiệm vụ có thời hạn", CheckIns: "Báo cáo kỳ", Rows: fields},
			{Name: "Đơn vị", Work: "Lượt có thời hạn", CheckIns: "Báo cáo kỳ", Rows: units},
		},
	}
}

// many are so many units, each with other numbers.
func many(n int) []Row {
	rows := make([]Row, n)
	for i := range rows {
		r := units[i%len(units)]
		r.Name = fmt.Sprint(r.Name, " ", i+1)
		r.Work = [Boxes]int{i % 5, i % 2, 7 - i%8, i % 3, 0}
		r.Asked = 2 + i%7
		r.Reported = i % (r.Asked + 1)
		rows[i] = r
	}
	return rows
}

// sheets are the cases that a picture must be sensible with.
func sheets() map[string]Sheet {
	long := sheet([]Row{
		{
			Name: "Ủy ban nhân dân phường Đặng Hữu Phước kiêm Trung tâm Phục vụ hành chính công và Kiểm định xây dựng",
			Work: [Boxes]int{120, 1, 30, 1, 2}, Reported: 100, Asked: 120,
		},
		{Name: "Phòngquảnlýnhàvàthịtrườngbấtđộngsảnvàhạtầngkỹthuật", Work: [Boxes]int{Open: 1}, Asked: 1},
		{Name: "ĐẶNG GHỖ ỖỖỖ ỖỖỖỖ gợgyỵ ỖỖỖỖ ỖỖỖỖ gyỵg ỖỖỖ", Reported: 1, Asked: 1000},
		{Name: "", Work: [Boxes]int{99, 0, 1, 0, 0}, Reported: 3, Asked: 3},
	})
	long.Title = "Kế hoạch cải cách hành chính năm 2024 của Sở Xây dựng tỉnh Bình Phước và các đơn vị trực thuộc Sở"
	long.Subtitle = "Bộ phận Một cửa, Công chức giải quyết hồ sơ TTHC, Phòng Quản lý xây dựng · đến 22/03/2024"
	zeros := sheet([]Row{{Name: "Văn phòng Sở"}, {Name: "Thanh tra xây dựng"}})
	zeros.Sections[0].Rows = []Row{{Name: "I. Cải cách thể chế"}}
	return map[string]Sheet{
		"2": sheet(units[8:10]), "11": sheet(units), "40": sheet(many(40)), "long": long, "zeros": zeros, "empty": {},
	}
}
