package tryout_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// The pictures in the READMEs are made by
//
//	go test ./internal/tryout -run TestPictures -update
var update = flag.Bool("update", false, "make the READMEs' pictures anew")

const pictures = "../../docs/images"

// TestPictures makes the pictures of the READMEs when it is asked to.
func TestPictures(t *testing.T) {
	if !*update {
		t.Skip("-update makes the pictures")
	}
	if err := os.MkdirAll(pictures, 0o750); err != nil {
		t.Fatal(err)
	}
	wide := browse(t, 1400, "light")
	wide.report()
	wide.travel()
	wide.openChat("Văn phòng Sở")
	wide.says("còn 9 ngày")
	wide.picture("tryout.png")

	narrow := browse(t, 390, "dark")
	narrow.report()
	narrow.picture("tryout-phone.png")
}

func (b *browser) picture(name string) {
	b.t.Helper()
	b.eval(`document.activeElement.blur()`)
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatalf("take a picture: %v", err)
	}
	if err := os.WriteFile(filepath.Join(pictures, name), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}
