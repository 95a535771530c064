package tryout_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// A browser is the page in headless Chromium, as somebody has it before them.
type browser struct {
	*page
	ctx    context.Context
	narrow bool // the panel lies over the page
}

// needBrowser is the environment variable under which a machine without a
// browser fails the test; CI sets it.
const needBrowser = "DONDOC_NEED_BROWSER"

func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv(needBrowser) != "" {
		t.Fatal("there is no browser")
	}
	t.Skip("there is no browser")
	return ""
}

// browse opens the page in a window of the width, in the colours of the theme.
// The test fails if the page reports an error or asks anything of another
// machine.
func browse(t *testing.T, width int64, theme string) *browser {
	t.Helper()
	path := findBrowser(t)
	b := &browser{page: open(t), narrow: width < 1180}
	b.ready()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()))
	ctx, stop := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 8*time.Minute)
	t.Cleanup(stop)
	b.ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	b.do("start the browser")
	b.watch()
	b.do("open the page",
		call(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: width, Height: 860, DeviceScaleFactor: 1, Mobile: width < 700,
		}),
		call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}},
		}),
		call(network.Enable, network.EnableParams{}),
		chromedp.Navigate(b.url),
	)
	b.sees("the guide", `document.querySelectorAll("#steps li").length === 5 && !document.querySelector("#status").textContent`)
	return b
}

// call makes an action of a command whose answer does not matter.
func call[P any](command cdp.Command[P, cdp.Empty], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

// watch looks for what must not be, until the test ends.
func (b *browser) watch() {
	ctx, stop := context.WithCancel(b.ctx)
	messages := chromedp.Console(ctx)
	requests := chromedp.Events(ctx, network.RequestWillBeSent)
	var watching sync.WaitGroup
	watching.Go(func() {
		for m, err := range messages {
			if err == nil && (m.Type == "error" || m.Type == "warning" || m.IsException()) {
				b.t.Errorf("on the console: %s", m)
			}
		}
	})
	watching.Go(func() {
		for r, err := range requests {
			if err != nil {
				return
			}
			u, err := url.Parse(r.Request.URL)
			if err != nil || u.Scheme != "data" && u.Scheme+"://"+u.Host != b.url {
				b.t.Errorf("a request to %s", r.Request.URL)
			}
		}
	})
	b.t.Cleanup(func() {
		stop()
		watching.Wait()
	})
}

func (b *browser) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
}

// eval runs the script on the page for what it does.
func (b *browser) eval(script string) {
	b.t.Helper()
	b.do("run "+script, chromedp.Evaluate[chromedp.Void](script))
}

// is tells whether the expression is true on the page.
func (b *browser) is(expression string) bool {
	b.t.Helper()
	yes, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
	if err != nil {
		b.t.Fatalf("ask %s: %v", expression, err)
	}
	return yes
}

// sees waits until the expression is true on the page.
func (b *browser) sees(what, expression string) {
	b.t.Helper()
	_, err := chromedp.Run(b.ctx, chromedp.Poll[chromedp.Void](expression,
		chromedp.WithPollingTimeout(patience), chromedp.WithPollingInterval(50*time.Millisecond)))
	if err != nil {
		text, also := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.querySelector("#log").innerText.slice(-800)`))
		b.t.Fatalf("%s is not seen: %v\nthe chat ends with: %s", what, errors.Join(err, also), text)
	}
}

// says waits until a message of the open chat has the words.
func (b *browser) says(words string) {
	b.t.Helper()
	b.sees(fmt.Sprintf("a message with %q", words),
		fmt.Sprintf(`[...document.querySelectorAll(".message .text")].some((e) => e.textContent.includes(%q))`, words))
}

func (b *browser) click(selector string) {
	b.t.Helper()
	b.do("click "+selector, chromedp.Click(chromedp.CSS(selector)))
}

// openChat chooses the chat from the list, which on a narrow page is a page of
// its own.
func (b *browser) openChat(title string) {
	b.t.Helper()
	if b.is(`getComputedStyle(document.querySelector("#chats")).display === "none"`) {
		b.click(".back")
	}
	b.mark(fmt.Sprintf(
		`[...document.querySelectorAll("#chats a")].find((a) => a.querySelector(".name").textContent.startsWith(%q))`, title))
	b.click(marked)
	b.sees("the chat "+title, fmt.Sprintf(`document.querySelector("#title").textContent.startsWith(%q)`, title))
}

// marked chooses the element that mark found.
const marked = `[data-marked]`

// mark waits for the element that the expression finds.
func (b *browser) mark(expression string) {
	b.t.Helper()
	b.sees(expression, expression)
	b.eval(`document.querySelector("[data-marked]")?.removeAttribute("data-marked"); ` + expression + `.dataset.marked = ""`)
}

// markButton waits for the latest button with the words under a message.
func (b *browser) markButton(label string) {
	b.t.Helper()
	b.mark(fmt.Sprintf(`[...document.querySelectorAll(".keyboard button")].findLast((e) => e.textContent.includes(%q))`, label))
}

func (b *browser) write(text string) {
	b.t.Helper()
	b.do("write "+text, chromedp.SendKeys(chromedp.CSS("#text"), text+"\r"))
}

// box waits until the panel shows the count in the box, with the panel in sight.
func (b *browser) box(name, count string) {
	b.t.Helper()
	if b.narrow {
		b.click("#side-open")
	}
	selector := fmt.Sprintf(`[data-box=%s] dd`, name)
	b.sees(fmt.Sprintf("%s in the box %s", count, name),
		fmt.Sprintf(`document.querySelector(%q)?.textContent === %q`, selector, count))
	b.do("look at the panel", chromedp.WaitVisible(chromedp.CSS(selector)))
	b.fits()
	if b.narrow {
		b.click("#side-close")
	}
}

// fits checks that nothing is wider than the window, and that whatever can be
// used has a name.
func (b *browser) fits() {
	b.t.Helper()
	if b.is(`Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) > innerWidth`) {
		b.t.Error("the page is wider than the window")
	}
	tree, err := chromedp.Run(b.ctx, func(ctx context.Context, t *chromedp.Target) (accessibility.GetFullAXTreeResult, error) {
		return cdp.Call(ctx, t, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	})
	if err != nil {
		b.t.Fatalf("read the page as those who hear it: %v", err)
	}
	seen := 0
	for _, n := range tree.Nodes {
		switch role := heard(n.Role); role {
		case "button", "link", "textbox", "combobox", "image", "dialog", "heading":
			seen++
			if heard(n.Name) == "" {
				b.t.Errorf("a %s has no name", role)
			}
		}
	}
	if seen < 5 {
		b.t.Errorf("only %d things can be used", seen)
	}
}

func heard(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	return strings.Trim(string(v.Value), `" `)
}
