package tryout_test

import (
	"os"
	"regexp"
	"testing"
)

const guide = "../../docs/huong-dan.md"

// TestGuidePictures makes the pictures of docs/huong-dan.md when it is asked to,
// as those of the READMEs are made (shots_test.go): a plan's first months, as its
// people see them on their phones.
func TestGuidePictures(t *testing.T) {
	if !*update {
		t.Skip("-update makes the pictures")
	}
	b := browse(t, 390, "light")
	b.eval(`document.querySelector("#toast").style.display = "none"`) // the answers to presses
	b.heads()
	b.director()
	b.office()
}

func (b *browser) heads() {
	b.openChat("Thanh tra xây dựng")
	b.says("Chủ trì 3 nhiệm vụ")
	b.picture("dau-moi-giao-viec.png")

	b.openChat("Văn phòng Sở")
	b.write("/done 15 12/QĐ-SXD 10/01/2024")
	b.says("Nhiệm vụ 15: Hoàn thành đúng hạn")
	b.write("/vuong 24 chờ cấp chứng thư số")
	b.says("chờ cấp chứng thư số")
	b.picture("dau-moi-bao-cao.png")

	b.travelTo("07", "03")
	b.openChat("Thanh tra xây dựng")
	b.says("Nhắc theo")
	b.write("/baocaoky")
	b.says("Báo cáo kỳ Quý I")
	b.markButton("Tất cả")
	b.click(marked)
	b.says("Đã chọn 3/3")
	b.picture("dau-moi-bao-cao-ky.png")

	b.travel()
	b.openChat("Văn phòng Sở")
	b.says("còn 9 ngày")
	b.picture("dau-moi-nhac.png")
}

func (b *browser) director() {
	b.openChat("Trần Quốc Bình")
	b.write("/summary")
	b.says("Kế hoạch CCHC năm 2024 · đến 22/03/2024")
	b.picture("lanh-dao-tong-hop.png")
	b.write("/nhiemvu 24")
	b.says("Nhiệm vụ 24")
	b.picture("lanh-dao-nhiem-vu.png")
}

func (b *browser) office() {
	b.openChat("Nguyễn Thị Minh Hà")
	b.write("/setup")
	b.says("Thiết lập đã xong")
	b.picture("van-phong-thiet-lap.png")
	b.write("/units")
	b.says("11 đơn vị")
	b.picture("van-phong-don-vi.png")
	b.write("/dukien 30")
	b.says("mốc 3 ngày")
	b.picture("van-phong-du-kien.png")
}

// TestTheGuideShowsItsPictures looks that every picture of the guide is there.
func TestTheGuideShowsItsPictures(t *testing.T) {
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile(`\(images/([^)]+)\)`).FindAllStringSubmatch(string(text), -1)
	if len(shown) < 9 {
		t.Errorf("the guide shows %d pictures", len(shown))
	}
	for _, m := range shown {
		if _, err := os.Stat(pictures + "/" + m[1]); err != nil {
			t.Errorf("a picture is missing: %v", err)
		}
	}
}
