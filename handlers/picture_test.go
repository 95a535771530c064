package handlers_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"dondoc/internal/botserver"
)

// Colours of the boxes.
var (
	green = color.RGBA{0x2e, 0x7d, 0x32, 0xff}
	red   = color.RGBA{0xc6, 0x28, 0x28, 0xff}
)

// picture presses the button under a summary and returns the message that
// comes of it, and its picture.
func (o *office) picture(user int64, under botserver.Message, label string) (botserver.Message, image.Image) {
	o.Helper()
	before := o.count(under.Chat)
	if text := o.press(user, under, label); text != "" {
		o.Fatalf("the press is answered by %q", text)
	}
	m := o.next(under.Chat, before, 1)[0]
	if m.File == nil || !m.File.Photo {
		o.Fatalf("no picture came: %+v", m)
	}
	img, err := png.Decode(bytes.NewReader(m.File.Data()))
	if err != nil {
		o.Fatalf("the picture: %v", err)
	}
	if img.Bounds().Dx() != 1080 {
		o.Errorf("the picture is %d wide", img.Bounds().Dx())
	}
	return m, img
}

// bars counts the rows of pixels below the legend that have the colour.
func bars(img image.Image, c color.RGBA) (n int) {
	for y := 300; y < img.Bounds().Dy(); y++ {
		for x := range img.Bounds().Dx() {
			if color.RGBAModel.Convert(img.At(x, y)) == c {
				n++
				break
			}
		}
	}
	return n
}

func TestThePlanAsAPicture(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("13/03/2024 09:00")
	o.say(officeHead, in(officeChat), "/done 15 123/QĐ-SXD 08/03/2024")
	o.set("22/03/2024 09:00")
	o.expect(directorID, in(directorID), "/start")
	m := o.expect(directorID, in(directorID), "/summary", "Biểu đồ")
	photo, img := o.picture(directorID, m, "Biểu đồ")
	for _, part := range []string{"Kế hoạch CCHC năm 2024 · đến 22/03/2024", "100% (1/1)", "16,7% (1/6)"} {
		if !strings.Contains(photo.Text, part) {
			t.Errorf("the caption lacks %q: %q", part, photo.Text)
		}
	}
	// The task stands in its field's row and in its unit's.
	if g, r := bars(img, green), bars(img, red); g != 2*38 || r != 0 {
		t.Errorf("on 22/03: %d lines with green, %d with red", g, r)
	}

	o.set("05/04/2024 09:00")
	_, img = o.picture(directorID, m, "Biểu đồ")
	if g, r := bars(img, green), bars(img, red); g != 2*38 || r != 2*38 {
		t.Errorf("on 05/04: %d lines with green, %d with red", g, r)
	}
}

// A unit's picture shows the unit's own figures, in the unit's topic.
func TestAUnitsPictureIsItsOwn(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.set("22/03/2024 09:00")
	whole, all := o.picture(directorID, o.say(directorID, in(leaderChat), "/summary units"), "Biểu đồ")
	photo, own := o.picture(memberID, o.say(inspHead, o.insp(), "/summary"), "Biểu đồ")
	if photo.Topic != o.topic {
		t.Errorf("the picture came into topic %d, not %d", photo.Topic, o.topic)
	}
	if !strings.Contains(photo.Text, "Thanh tra xây dựng") || strings.Contains(whole.Text, "Thanh tra xây dựng") {
		t.Errorf("captions: %q and %q", photo.Text, whole.Text)
	}
	if own.Bounds().Dy() >= all.Bounds().Dy()/2 {
		t.Errorf("one unit's picture is %d high, the whole plan's %d", own.Bounds().Dy(), all.Bounds().Dy())
	}
}

func TestThePictureInEnglish(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.say(officeHead, in(officeChat), "/lang en")
	photo, _ := o.picture(officeHead, o.say(officeHead, in(officeChat), "/summary"), "Chart")
	if !strings.Contains(photo.Text, "as of 11/01/2024") {
		t.Errorf("caption: %q", photo.Text)
	}
}

// A unit that leads nothing has nothing to draw, and is told so.
func TestNoPictureOfNothing(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	o.must(o.srv.AddMember(adminID, leaderChat, memberID))
	m := o.say(memberID, in(leaderChat), "/summary")
	before := o.count(leaderChat)
	if text := o.press(memberID, m, "Biểu đồ"); !strings.Contains(text, "không chủ trì nhiệm vụ nào") {
		t.Errorf("the press is answered by %q", text)
	}
	if n := o.count(leaderChat); n != before {
		t.Errorf("%d messages came all the same", n-before)
	}
}
