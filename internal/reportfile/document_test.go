package reportfile_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"dondoc/internal/plan"
	"dondoc/internal/reportfile"
	"dondoc/storage"
)

// written is a Word document as it is read back: its parts.
func written(t *testing.T, tpl *reportfile.Template, r *reportfile.Report) map[string]string {
	t.Helper()
	var out bytes.Buffer
	if err := tpl.Document(&out, r, words(t)); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("REPORTFILE_OUT"); dir != "" {
		if err := os.WriteFile(dir+"/"+t.Name()+".docx", out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return unzipped(t, out.Bytes())
}

func unzipped(t *testing.T, data []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(text)
		d := xml.NewDecoder(bytes.NewReader(text))
		for err == nil {
			_, err = d.Token()
		}
		if !errors.Is(err, io.EOF) {
			t.Errorf("%s is no XML: %v", f.Name, err)
		}
	}
	return parts
}

var (
	paragraphs = regexp.MustCompile(`(?s)<w:p[ >].*?</w:p>`)
	breaks     = regexp.MustCompile(`<w:br/>`)
	tags       = regexp.MustCompile(`<[^>]*>`)
)

// lines are the paragraphs of a document as plain text.
func lines(part string) []string {
	var out []string
	for _, p := range paragraphs.FindAllString(part, -1) {
		text := tags.ReplaceAllString(breaks.ReplaceAllString(p, "\n"), "")
		text = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&#34;", `"`, "&#39;", "'", "&amp;", "&").Replace(text)
		if text != "" {
			out = append(out, text)
		}
	}
	return out
}

func shipped(t *testing.T) *reportfile.Template {
	t.Helper()
	tpl, err := reportfile.DefaultTemplate()
	if err != nil {
		t.Fatal(err)
	}
	return tpl
}

func TestDocument(t *testing.T) {
	r := quarter(t).gathered(plan.FirstQuarter, plan.NewDate(2024, time.March, 25))
	got := lines(written(t, shipped(t), r)["word/document.xml"])
	for _, want := range []string{
		"UBND TỈNH BÌNH PHƯỚC", "SỞ XÂY DỰNG", "Độc lập - Tự do - Hạnh phúc", "Số:        /BC-SXD",
		"Bình Phước, ngày      tháng      năm 2024",
		"Kết quả thực hiện Kế hoạch cải cách hành chính năm 2024 của Sở Xây dựng", "(Quý I năm 2024)",
		"Thực hiện Kế hoạch cải cách hành chính năm 2024 của Sở Xây dựng (Quyết định số 98/QĐ-SXD ngày 11/01/2024), " +
			"Sở Xây dựng báo cáo kết quả Quý I năm 2024, số liệu từ ngày 15/12/2023 đến ngày 14/3/2024 (số liệu tạm tính), như sau:",
		"- Công bố TTHC (nhiệm vụ 5):", "+ Văn phòng Sở: đã công bố 12 TTHC.", "+ Tổ Kiểm soát TTHC: đang rà soát 4 TTHC.",
		"- Danh mục vị trí việc làm, khung năng lực (nhiệm vụ 15): Hoàn thành (123/QĐ-SXD ngày 08/3/2024).",
		`- Kiểm tra, rà soát, hệ thống hóa văn bản QPPL (nhiệm vụ 2): =HYPERLINK("http://x","y").`,
		"- Theo dõi thi hành pháp luật (nhiệm vụ 3): <b>đã</b> theo dõi & báo cáo ]]>.",
		"a) Nhiệm vụ có thời hạn: 6 nhiệm vụ. Đã hoàn thành 1 nhiệm vụ, trong đó đúng hạn 1, quá hạn 0. " +
			"Chưa hoàn thành 5 nhiệm vụ, trong đó trong hạn 5, quá hạn 0. " +
			"Tỷ lệ hoàn thành trên số đã đến hạn hoặc đã xong: 100% (1/1); trên tổng số có thời hạn: 16,7% (1/6).",
		"b) Nhiệm vụ thường xuyên: kỳ Quý I (ngày chốt 14/3/2024) đã báo cáo 7/37 lượt, trong đó đúng hạn 7, chưa báo cáo 30.",
		"- Vướng mắc: Chữ ký số (nhiệm vụ 24; Văn phòng Sở): chờ cấp chứng thư số.",
		"Hoàn thành 20/3/2024: đã ban hành đủ 5 kế hoạch", "Ước thực hiện đến hết kỳ (31/3/2024)", "GIÁM ĐỐC", "Võ Tất Dũng",
		"(Kèm theo Báo cáo số        /BC-SXD ngày      tháng      năm 2024 của Sở Xây dựng)",
		"Nơi nhận:", "- Sở Nội vụ;", "- Ban Giám đốc Sở;", "- Các phòng CM, ĐV trực thuộc Sở;", "- Lưu: VT.", "…",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("lacks %q", want)
		}
	}
	whole := strings.Join(got, "\n")
	for _, never := range []string{"{{", "}}", "<no value>", "..", "\x00"} {
		if strings.Contains(whole, never) {
			t.Errorf("has %q", never)
		}
	}
	if t.Failed() {
		t.Log(whole)
	}
}

// Where no plan ever said to whom copies go, those get one who always do.
func TestDocumentWithoutCopyList(t *testing.T) {
	r := quarter(t).gathered(plan.FirstQuarter, plan.NewDate(2024, time.March, 25))
	r.Plan.Recipients = nil
	got := lines(written(t, shipped(t), r)["word/document.xml"])
	at := slices.Index(got, "Nơi nhận:")
	if want := []string{"- UBND TỈNH BÌNH PHƯỚC (b/c);", "- Ban Giám đốc;", "- Lưu: VT."}; !slices.Equal(got[at+1:at+4], want) {
		t.Errorf("got %q, want %q", got[at+1:at+4], want)
	}
}

// Of a window that closed before the plan was given out nothing was asked.
func TestDocumentOfAPeriodThatNobodyWasAskedAbout(t *testing.T) {
	o := openOffice(t)
	o.write(func(tx *storage.Tx) error { return tx.SetPublished(o.plan.ID, plan.NewDate(2024, time.March, 20)) })
	got := lines(written(t, shipped(t), o.gathered(plan.HalfYear, plan.NewDate(2024, time.June, 20)))["word/document.xml"])
	want := "b) Nhiệm vụ thường xuyên: kỳ Quý I (ngày chốt 14/3/2024) không có lượt phải báo cáo; " +
		"kỳ 6 tháng (ngày chốt 14/6/2024) đã báo cáo 0/37 lượt, trong đó đúng hạn 0, chưa báo cáo 37."
	if !slices.Contains(got, want) {
		t.Errorf("lacks %q", want)
	}
}

// What was done in an earlier period is not told again.
func TestDocumentTellsOfItsPeriod(t *testing.T) {
	r := quarter(t).gathered(plan.ThirdQuarter, plan.NewDate(2024, time.September, 20))
	for _, line := range lines(written(t, shipped(t), r)["word/document.xml"]) {
		if strings.HasPrefix(line, "- Danh mục vị trí việc làm") || strings.Contains(line, "công bố 12 TTHC") {
			t.Errorf("the third quarter tells %q", line)
		}
	}
}

// What is added in the period to what was done before is told in it.
func TestDocumentTellsOfWhatIsAdded(t *testing.T) {
	o := quarter(t)
	const added = "đã công khai trên trang thông tin điện tử"
	o.report(15, "van-phong", "", "20/07/2024 09:00", plan.Report{Status: plan.Done, Note: added})
	want := "- Danh mục vị trí việc làm, khung năng lực (nhiệm vụ 15): " + added
	got := lines(written(t, shipped(t), o.gathered(plan.ThirdQuarter, plan.NewDate(2024, time.September, 20)))["word/document.xml"])
	if !slices.ContainsFunc(got, func(l string) bool { return strings.HasPrefix(l, want) }) {
		t.Errorf("lacks %q", want)
	}
}

// What a unit says in the same words in each window is told once.
func TestDocumentDoesNotRepeat(t *testing.T) {
	o := openOffice(t)
	for i, window := range []string{"2024-Q1", "2024-Q2"} {
		at := []string{"12/03/2024 10:00", "12/06/2024 10:00"}[i]
		o.report(3, "thanh-tra", window, at, plan.Report{Status: plan.NotArisen})
		o.report(24, "van-phong", window, at, plan.Report{Status: plan.Blocked, Note: "chờ cấp chứng thư số."})
		o.report(5, "van-phong", window, at, plan.Report{Status: plan.Done, Note: []string{"quý I: 12 TTHC", "quý II: 3 TTHC"}[i]})
	}
	got := lines(written(t, shipped(t), o.gathered(plan.HalfYear, plan.NewDate(2024, time.June, 20)))["word/document.xml"])
	for _, want := range []string{
		"- Theo dõi thi hành pháp luật (nhiệm vụ 3): Không phát sinh.",
		"- Công bố TTHC (nhiệm vụ 5): Văn phòng Sở: quý I: 12 TTHC; quý II: 3 TTHC.",
		"- Vướng mắc: Chữ ký số (nhiệm vụ 24; Văn phòng Sở): chờ cấp chứng thư số.",
	} {
		if n := len(slices.DeleteFunc(slices.Clone(got), func(l string) bool { return l != want })); n != 1 {
			t.Errorf("%q stands %d times", want, n)
		}
	}
}

func TestWhatIsAhead(t *testing.T) {
	o := quarter(t)
	ahead := "- Các kế hoạch của năm 2024 (nhiệm vụ 26; Văn phòng Sở; thời hạn 31/3/2024)."
	for period, want := range map[plan.Period]string{
		plan.FirstQuarter: "", // it was done on 20/3
		plan.ThirdQuarter: "- Sắp xếp tổ chức bộ máy (nhiệm vụ 13; Văn phòng Sở; thời hạn 31/12/2024).",
	} {
		got := lines(written(t, shipped(t), o.gathered(period, plan.NewDate(2024, time.September, 20)))["word/document.xml"])
		if slices.Contains(got, ahead) || want != "" && !slices.Contains(got, want) {
			t.Errorf("%s: %q", period, got)
		}
	}
}

func TestALongTextIsWhole(t *testing.T) {
	r := quarter(t).gathered(plan.FirstQuarter, plan.NewDate(2024, time.March, 25))
	whole := strings.Join(lines(written(t, shipped(t), r)["word/document.xml"]), "\n")
	if !strings.Contains(whole, strings.TrimRight(long(longNote), ". ")) {
		t.Error("a note of 4,000 letters is cut")
	}
	if !strings.Contains(whole, "-1+1|cmd\nđã phổ biến 3 văn bản") {
		t.Error("a line break is lost")
	}
}

// An empty plan has nothing to say anywhere.
func TestADocumentOfNothing(t *testing.T) {
	p := &plan.Plan{Year: 2025, Settings: plan.DefaultSettings()}
	b := plan.Book{Plan: p, Calendar: plan.NewCalendar(nil), Today: plan.NewDate(2025, time.July, 1)}
	r := reportfile.New(b.Period(plan.WholeYear), &plan.Names{}, zone)
	got := lines(written(t, shipped(t), r)["word/document.xml"])
	if n := strings.Count(strings.Join(got, "|")+"|", "|…|"); n < 3 {
		t.Errorf("%d sections are left to the office: %q", n, got)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "<&>\"'", "a\nb\tc\r\nd", "\x00\x0b\ufffe\uffff", "\xff\xed\xa0\x80", "{{.Office}}", "]]>", "😀"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := xml.NewDecoder(strings.NewReader(`<w:t xmlns:w="w">` + reportfile.Text(s).String() + `</w:t>`))
		for {
			switch _, err := d.Token(); {
			case errors.Is(err, io.EOF):
				return
			case err != nil:
				t.Fatalf("%q: %v", s, err)
			}
		}
	})
}
