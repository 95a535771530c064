package tryout_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestPage goes through what a newcomer does, at both widths and in both themes.
func TestPage(t *testing.T) {
	for _, width := range []int64{1400, 390} {
		for _, theme := range []string{"light", "dark"} {
			t.Run(fmt.Sprintf("%d %s", width, theme), func(t *testing.T) {
				b := browse(t, width, theme)
				b.fits()
				b.report()
				b.travel()
				b.press()
			})
		}
	}
}

// report reports in the office's group and looks at what became of it.
func (b *browser) report() {
	b.t.Helper()
	b.box("done_on_time", "0")
	b.openChat("Văn phòng Sở")
	b.write("/done 15")
	b.says("Nhiệm vụ 15: Hoàn thành đúng hạn")
	b.fits()
	b.box("done_on_time", "1")
	b.openChat("Trần Quốc Bình")
	b.write("/summary")
	b.says("Đã hoàn thành 1: 🟢 đúng hạn 1")
}

// travel lets time run to 22/03.
func (b *browser) travel() { b.travelTo("22", "03") }

// travelTo lets time run to five past eight on a day of 2024.
func (b *browser) travelTo(day, month string) {
	b.t.Helper()
	b.click("#clock")
	b.do("choose the day", chromedp.SetValue(chromedp.CSS("#clock-at"), fmt.Sprintf("2024-%s-%sT08:05", month, day)))
	b.click("#clock-set")
	b.sees("the day", fmt.Sprintf(`document.querySelector("#now").textContent.includes("%s/%s/2024")`, day, month))
	b.sees("no box", `!document.querySelector("#clock-dialog").open`)
}

// press presses the button of the reminder that came.
func (b *browser) press() {
	b.t.Helper()
	b.openChat("Văn phòng Sở")
	b.says("còn 9 ngày")
	b.markButton("✅ 26")
	b.click(marked)
	b.says("Nhiệm vụ 26: Hoàn thành đúng hạn")
	b.fits()
	b.box("done_on_time", "2")
}

// tab presses Tab until what the selector means has the focus.
func (b *browser) tab(selector string) {
	b.t.Helper()
	const most = 80
	for range most {
		if b.key(kb.Tab); b.is(fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			return
		}
	}
	b.t.Fatalf("Tab does not come to %s", selector)
}

func (b *browser) key(keys string) {
	b.t.Helper()
	b.do("press a key", chromedp.KeyEvent(keys))
}

// TestKeyboard does five things without a pointer: it chooses a chat, sends a
// command from the menu, presses a button under a message, lets a day pass, and
// becomes somebody else.
func TestKeyboard(t *testing.T) {
	b := browse(t, 1400, "light")
	b.tab("#chats a")
	b.key(kb.ArrowDown)
	b.key(kb.ArrowDown)
	b.key("\r")
	b.sees("the office's group", `document.querySelector("#title").textContent === "Văn phòng Sở"`)

	b.tab("#text")
	b.key("/do")
	b.sees("the menu", `!document.querySelector("#menu").hidden`)
	b.key(kb.ArrowDown)
	b.key("\r")
	b.says("/done") // the bare command, answered with buttons
	b.markButton("15")
	b.eval(`document.querySelector("#log").focus()`)
	b.tab(marked)
	b.key("\r")
	b.says("Nhiệm vụ 15: Hoàn thành đúng hạn")

	b.tab("#speaker")
	b.key(kb.ArrowDown)
	b.sees("another speaker", `document.querySelector("#speaker").selectedIndex === 1`)
	b.tab("#text")
	b.key("/done 26\r")
	b.says("Chưa ghi nhận")

	b.tab("[data-move=day]")
	b.key("\r")
	b.sees("the next day", `document.querySelector("#now").textContent.includes("12/01/2024 · 09:00")`)
}
