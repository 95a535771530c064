package handlers_test

import (
	"strings"
	"testing"

	"dondoc/internal/botserver"
	"dondoc/storage"
)

func TestFilesThatCannotBeImported(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.has(o.sendFile(adminID, in(adminID), "/import", "a.pdf", []byte("%PDF-1.7")), "PDF")
	o.has(o.sendFile(adminID, in(adminID), "/import", "a.docx", []byte("PK\x03\x04half")), "bị hỏng")
	o.has(o.sendFile(adminID, in(adminID), "/import", "a.csv", []byte("a,b\n1,2\n")), "không có bảng nhiệm vụ")
	o.has(o.sendFile(adminID, in(adminID), "/import", "MẬT số 1.csv", []byte("a")), "dấu chỉ độ mật")
	bad := o.sendFile(adminID, in(adminID), "/import", "b.csv",
		[]byte("#năm,2024\nSTT,Nội dung,Chủ trì,Thời gian\n1,a,,Quý I\n1a,b,Văn phòng Sở,Quý I\n"))
	o.has(bad, "2 điểm phải sửa", "nhiệm vụ 1 không có đơn vị chủ trì", "“1a” không phải số nhiệm vụ")
	if strings.Contains(labels(bad), "Nhập kế hoạch") {
		t.Error("it can be confirmed")
	}
	o.expect(adminID, in(adminID), "/import", "Trả lời tin này bằng tệp kế hoạch")
	photo := &botserver.Upload{Data: []byte("x"), Photo: true}
	o.has(o.post(adminID, in(adminID), botserver.Post{File: photo}, 1)[0], "ảnh")
	o.expect(officeHead, in(officeChat), "/import", "dành cho quản trị")
	same := o.sendFile(adminID, in(adminID), "/import", "same.csv", version(t, func(row string) string { return row }))
	o.has(same, "Không có thay đổi")
	if n := len(o.snapshot().Year(2024).Tasks); n != 30 {
		t.Errorf("%d tasks", n)
	}
}

// A file that nobody confirms is forgotten after a time, and its preview with it.
func TestAnUnconfirmedFileIsForgotten(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	file := append([]byte("#nơi nhận,Lưu: VP\n"), version(t, func(row string) string { return row })...)
	old := o.sendFile(adminID, in(adminID), "/import", "ke-hoach.csv", file)
	o.set("20/01/2024 09:00")
	o.sendFile(adminID, in(adminID), "/import", "ke-hoach.csv", file)
	waiting := func() (n int) {
		o.must(o.app.DB().Write(t.Context(), func(tx *storage.Tx) error {
			for id := int64(1); id <= 2; id++ {
				if _, err := tx.Import(id, new(any)); err == nil {
					n++
				}
			}
			return nil
		}))
		return n
	}
	o.set("25/01/2024 08:59")
	if n := waiting(); n != 2 {
		t.Fatalf("%d files wait", n)
	}
	o.set("25/01/2024 09:01")
	o.expect(adminID, in(adminID), "/summary", "Có thời hạn")
	if n := waiting(); n != 1 {
		t.Fatalf("%d files wait", n)
	}
	if got := o.press(adminID, old, "Nhập kế hoạch"); !strings.Contains(got, "không còn hiệu lực") {
		t.Errorf("the press is answered %q", got)
	}
	if p := o.snapshot().Year(2024); len(p.Recipients) == 1 {
		t.Error("it was taken over all the same")
	}
}
