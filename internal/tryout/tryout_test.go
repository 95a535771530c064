package tryout_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"dondoc/internal/plan"
	"dondoc/internal/planfile"
	"dondoc/storage"
)

func TestSetUp(t *testing.T) {
	p := open(t)
	w, all := p.ready()
	_, roster, _, err := planfile.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	read(t, <-p.apps, func(tx *storage.Tx) error {
		snap, err := tx.Snapshot()
		if err != nil {
			return err
		}
		for _, u := range roster.Units {
			chat := w.group(t, u.Name)
			if got := snap.Chats[u.Code].Chat; got != chat.ID {
				t.Errorf("%s is linked to %d, want %d", u.Code, got, chat.ID)
			}
			if heads := snap.Heads[u.Code]; !slices.Equal(heads, chat.People[:1]) {
				t.Errorf("heads of %s: %v, want %v", u.Code, heads, chat.People[:1])
			}
		}
		for title, role := range map[string]plan.Role{"chuyên viên": plan.Admin, "Giám đốc": plan.Director} {
			got, err := tx.Person(w.person(t, title))
			if err != nil || got.Role != role {
				t.Errorf("%s has the role %q (%v), want %q", title, got.Role, err, role)
			}
		}
		return nil
	})
	for _, person := range w.People {
		spoken := slices.ContainsFunc(all, func(m message) bool { return m.Chat == person.ID })
		isHead := strings.HasPrefix(person.Title, "đầu mối")
		if isHead && !spoken {
			t.Errorf("%s has no private chat with the bot", person.Title)
		}
	}
	if got, want := p.errs.String(), fmt.Sprintf("Try-out: open %s/\n", p.url); got != want {
		t.Errorf("standard error: %q, want %q", got, want)
	}
}

func TestReportPressAndClock(t *testing.T) {
	p := open(t)
	w, _ := p.ready()
	office := w.group(t, "Văn phòng Sở")
	head := office.People[0]

	said := p.do("say", fields{"user": head, "chat": office.ID, "text": "/done 15"})
	var got message
	p.until("the answer to /done 15", func(w world, all []message) (ok bool) {
		got, ok = w.answer(all, office.ID, said["message"].(float64))
		return ok
	})
	if !strings.Contains(got.Text, "15") || len(got.Buttons) == 0 {
		t.Fatalf("the answer is %q with the buttons %v", got.Text, got.Buttons)
	}
	read(t, <-p.apps, func(tx *storage.Tx) error {
		word, err := tx.LastWordOf(head)
		if err == nil && len(word.Occurrences) != 1 {
			t.Errorf("reported on %v, want one occurrence", word.Occurrences)
		}
		return err
	})

	press := fields{"user": head, "chat": office.ID, "message": got.ID, "data": got.Buttons[0][0].Data}
	if out := p.do("press", press); out["answered"] != true {
		t.Errorf("the press has no answer: %v", out)
	}
	press["data"] = "made up"
	if status, out := p.act("press", press); status != http.StatusUnprocessableEntity || out["error"] != "no_button" {
		t.Errorf("a press of no button: %d %v", status, out)
	}

	p.do("clock", fields{"move": "day"})
	now := p.now()
	if now.Format("02/01/2006 15:04") != "12/01/2024 09:00" {
		t.Errorf("the next day is %v", now)
	}
	for at, code := range map[string]string{"2024-01-11T08:00": "backwards", "soon": "bad_time", "2345-01-01T00:00": "bad_time"} {
		if status, out := p.act("clock", fields{"at": at}); status == http.StatusOK || out["error"] != code {
			t.Errorf("clock to %s: %d %v, want %s", at, status, out, code)
		}
	}
	p.do("clock", fields{"at": "2024-03-15T09:30"})
	if now := p.now(); now.Format("02/01/2006 15:04") != "15/03/2024 09:30" {
		t.Errorf("the clock shows %v", now)
	}
}

func (p *page) now() time.Time {
	p.t.Helper()
	var w world
	p.get("/api/world", &w)
	return w.Now
}

func TestStartAgain(t *testing.T) {
	p := open(t)
	w, _ := p.ready()
	office := w.group(t, "Văn phòng Sở")
	p.do("say", fields{"user": office.People[0], "chat": office.ID, "text": "/done 15"})
	p.do("clock", fields{"move": "week"})
	p.do("restart", fields{})
	old := p.round
	again, all := p.ready()
	if now := again.Now; now.Format("02/01/2006 15:04") != "11/01/2024 08:00" {
		t.Errorf("the clock begins at %v", now)
	}
	if slices.ContainsFunc(all, func(m message) bool { return m.Text == "/done 15" }) {
		t.Error("what was said in the round before is still there")
	}
	if got := again.group(t, "Văn phòng Sở"); !slices.Equal(got.People, office.People) || got.ID != office.ID {
		t.Errorf("the group is %v, was %v", got, office)
	}
	p.round = old
	if status, out := p.act("restart", fields{}); status != http.StatusConflict {
		t.Errorf("an act of the round before: %d %v", status, out)
	}
	<-p.apps
	read(t, <-p.apps, func(tx *storage.Tx) error {
		if _, err := tx.LastWordOf(office.People[0]); err == nil {
			t.Error("the report of the round before is still there")
		}
		return nil
	})
}

func TestFileAndLink(t *testing.T) {
	p := open(t)
	w, _ := p.ready()
	office := w.group(t, "Văn phòng Sở")
	head, admin := office.People[0], w.person(t, "chuyên viên")
	content := []byte("nội dung báo cáo")
	said := p.do("say", fields{
		"user": head, "chat": office.ID, "text": "/done 15",
		"file": fields{"name": "123-BC.txt", "data": content},
	})
	file := fmt.Sprintf("%s/api/file?chat=%d&message=%v", p.url, office.ID, said["message"])
	resp, err := p.client.Get(file) //nolint:noctx // as above
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if got, err := io.ReadAll(resp.Body); err != nil || !bytes.Equal(got, content) {
		t.Errorf("the file holds %q (%v)", got, err)
	}
	if got := resp.Header.Get("Content-Disposition"); got != "attachment" {
		t.Errorf("the file is shown, not saved: %q", got)
	}

	p.do("say", fields{"user": admin, "chat": admin, "text": "/invite director"})
	var link string
	p.until("a link", func(_ world, all []message) bool {
		for _, m := range all {
			if i := strings.Index(m.Text, "https://t.me/"); m.Chat == admin && i >= 0 {
				link = strings.Fields(m.Text[i:])[0]
			}
		}
		return link != ""
	})
	stranger := w.person(t, "người ngoài")
	p.do("open", fields{"user": stranger, "link": link})
	p.until("the stranger is let in", func(world, []message) bool {
		var menu []struct{ Command string }
		p.get(fmt.Sprintf("/api/menu?user=%d&chat=%d", stranger, stranger), &menu)
		return slices.ContainsFunc(menu, func(c struct{ Command string }) bool { return c.Command == "summary" })
	})
	if status, out := p.act("open", fields{"user": stranger, "link": "https://example.org/"}); out["error"] != "bad_link" {
		t.Errorf("another link: %d %v", status, out)
	}
}
