package bot_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"dondoc/internal/botserver"
	"dondoc/internal/chat"
	"dondoc/storage"
)

func TestWhatMessagesBecome(t *testing.T) {
	of := newOffice(t, botserver.Options{})
	topic, err := of.srv.AddTopic(ann, forum, "Báo cáo")
	of.must(err)
	said, err := of.srv.Post(ann, forum, botserver.Post{Text: mark + "hi", Topic: topic})
	of.must(err)
	here := chat.Place{Chat: forum, Topic: topic}
	var picture bytes.Buffer
	of.must(png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 30))))
	ask := strings.Repeat("lý do ", 40)
	of.enqueue(
		chat.Outgoing{
			Kind: chat.OutSend, To: here, ReplyTo: said, Silent: true, Ask: ask,
			Text: "<b>1</b> <i>2</i> <code>3</code> <blockquote expandable>&lt;4&gt; &amp; &quot;5&quot;</blockquote> https://example.org",
		},
		chat.Outgoing{Kind: chat.OutReact, To: here, Message: said, Sign: "👍"},
		chat.Outgoing{Kind: chat.OutDocument, To: here, Text: "<b>báo cáo</b>", Name: "Báo cáo quý I.docx", Data: []byte("doc")},
		chat.Outgoing{Kind: chat.OutPhoto, To: here, Name: "tong-hop.png", Data: picture.Bytes()},
	)
	of.until("four acts", func(w *botserver.World) bool {
		m, _ := w.Message(forum, said)
		return len(w.FromBot(forum)) == 4 && m.Reaction == "👍" // the echo is one
	})
	of.srv.View(func(w *botserver.World) {
		var m, doc, photo botserver.Message
		for _, v := range w.FromBot(forum) {
			switch {
			case v.File != nil && v.File.Photo:
				photo = v
			case v.File != nil:
				doc = v
			case v.ForceReply != nil:
				m = v
			}
		}
		if photo.File == nil || doc.File == nil {
			t.Fatal("no files")
		}
		if want := `1 2 3 <4> & "5" https://example.org`; m.Text != want {
			t.Errorf("text %q, want %q", m.Text, want)
		}
		if m.Topic != topic || m.ReplyTo != said || !m.Silent || len(m.Entities) < 4 {
			t.Errorf("message: %+v", m)
		}
		if m.ForceReply == nil || !m.ForceReply.Selective || len(utf16.Encode([]rune(m.ForceReply.Placeholder))) != 64 ||
			!strings.HasPrefix(ask, m.ForceReply.Placeholder) {
			t.Errorf("the request for a reply: %+v", m.ForceReply)
		}
		if doc.Text != "báo cáo" || doc.File.Name != "Báo cáo quý I.docx" || string(doc.File.Data()) != "doc" || doc.Topic != topic {
			t.Errorf("document: %+v", doc)
		}
		if !photo.File.Photo || photo.Topic != topic {
			t.Errorf("photo: %+v", photo)
		}
		for _, c := range w.CallsOf("sendMessage") {
			if !strings.Contains(c.Params["link_preview_options"], `"is_disabled":true`) {
				t.Errorf("links are shown: %v", c.Params)
			}
		}
	})
}

func TestMenusAndRanks(t *testing.T) {
	of := newOffice(t, botserver.Options{})
	items := func(command string) []chat.MenuItem {
		return []chat.MenuItem{{Command: command, Description: "?"}}
	}
	ask := func(person int64) chat.Outgoing {
		return chat.Outgoing{
			Kind: chat.OutAskRank, To: chat.Place{Chat: forum, Topic: 4}, Person: person, Action: &chat.Action{Verb: "bind"},
		}
	}
	of.enqueue(ask(ann), ask(binh), ask(4711))
	of.write(func(tx *storage.Tx) error {
		for _, err := range []error{
			tx.SetMenu(chat.Place{}, 0, items("all")), tx.SetMenu(chat.Place{Chat: forum}, 0, items("here")),
			tx.SetMenu(chat.Place{Chat: forum}, binh, items("binh")),
			tx.SetMenu(chat.Place{Chat: group}, 0, items("gone")), tx.SetMenu(chat.Place{Chat: group}, 0, nil),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	of.until("menus", func(w *botserver.World) bool {
		return len(w.MenuFor(binh, forum)) == 1 && w.MenuFor(binh, forum)[0].Name == "binh" && len(w.CallsOf("deleteMyCommands")) == 1
	})
	of.srv.View(func(w *botserver.World) {
		for _, tt := range []struct {
			user, chat int64
			want       string
		}{{ann, ann, "all"}, {ann, forum, "here"}, {ann, group, "all"}} {
			if got := w.MenuFor(tt.user, tt.chat); len(got) != 1 || got[0].Name != tt.want {
				t.Errorf("menu of %d in %d: %+v, want %s", tt.user, tt.chat, got, tt.want)
			}
		}
	})
	of.until("ranks", func(*botserver.World) bool {
		of.handled()
		return len(of.handler.heard(chat.InRank)) == 3
	})
	want := map[int64]chat.Rank{ann: {Admin: true, Known: true}, binh: {Known: true}, 4711: {}}
	for _, in := range of.handler.heard(chat.InRank) {
		if in.Chat.Place != (chat.Place{Chat: forum, Topic: 4}) || in.Rank.Action.Verb != "bind" {
			t.Errorf("rank: %+v", in)
		}
		w := want[in.From.ID]
		if in.Rank.Admin != w.Admin || in.Rank.Known != w.Known {
			t.Errorf("rank of %d: %+v, want %+v", in.From.ID, in.Rank, w)
		}
	}
}

// handled waits for the inbox to be empty.
func (of *office) handled() {
	of.t.Helper()
	deadline := time.Now().Add(patience)
	for n := -1; n != 0; {
		of.must(of.config.DB.Write(of.t.Context(), func(tx *storage.Tx) error {
			list, err := tx.Pending(time.Now(), 1)
			n = len(list)
			return err
		}))
		if time.Now().After(deadline) {
			of.t.Fatal("the inbox stays full")
		}
	}
}

func TestPressesAreAnswered(t *testing.T) {
	of := newOffice(t, botserver.Options{})
	of.handler.on(func(tx *storage.Tx, in chat.Incoming) error {
		if in.Kind != chat.InPress {
			return nil
		}
		action, id, err := tx.ButtonAction(in.Chat.Place, in.Message, in.Press.Button)
		text := "unknown"
		if err == nil {
			text = action.Verb
			if err := tx.DropButtons(id); err != nil {
				return err
			}
		}
		_, err = tx.Enqueue(chat.Outgoing{
			Kind: chat.OutAnswer, To: in.Chat.Place, Priority: chat.Now, Press: in.Press.ID, Text: text, Alert: true,
		})
		return err
	})
	of.say(ann, ann, "hi")
	out := send(ann, "?")
	out.Buttons = [][]chat.Button{{{Label: "ok", Action: chat.Action{Verb: "done"}}}}
	of.expect(ann, "hi")
	of.enqueue(out)
	of.expect(ann, "hi", "?")
	of.recorded() // a press that overtakes the message's id is judged by its chat alone
	var m botserver.Message
	of.srv.View(func(w *botserver.World) { m = w.FromBot(ann)[1] })
	data := m.Buttons[0][0].CallbackData

	answer := func(press string, err error) string {
		t.Helper()
		of.must(err)
		text := ""
		of.until("the answer to a press", func(w *botserver.World) bool {
			p, _ := w.PressByID(press)
			if len(p.Answers) == 1 && p.Answers[0].Alert {
				text = p.Answers[0].Text
			}
			return text != ""
		})
		return text
	}
	for _, tt := range []struct {
		name    string
		chat    int64
		message int
		data    string
		want    string
	}{
		{"forged", ann, m.ID, "AAAAAAAAAAAAAAAAAAAAAA", "unknown"},
		{"on another message", ann, m.ID - 1, data, "unknown"},
		{"in another chat", group, m.ID, data, "unknown"},
		{"on a message that is not there", ann, 9999, data, "unknown"},
		{"honest", ann, m.ID, data, "done"},
		{"replayed", ann, m.ID, data, "unknown"},
	} {
		if got := answer(of.srv.PressForged(ann, tt.chat, tt.message, tt.data)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	of.until("no buttons", func(w *botserver.World) bool {
		now, _ := w.Message(ann, m.ID)
		return len(now.Buttons) == 0
	})
}
