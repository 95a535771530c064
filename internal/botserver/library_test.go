package botserver_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"dondoc/internal/botserver"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// deadline bounds what waits for the library.
func deadline(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// TestLibrary drives a bot made with the client library through a dialogue.
func TestLibrary(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	handle := func(ctx context.Context, b *bot.Bot, u *models.Update) {
		ctx = context.WithoutCancel(ctx)
		switch {
		case u.Message != nil && u.Message.Text == "/done 15":
			_, err := b.SendMessage(ctx, &bot.SendMessageParams{
				ChatID: u.Message.Chat.ID, Text: "🟢 <b>Nhiệm vụ 15</b>", ParseMode: models.ParseModeHTML,
				ReplyParameters: &models.ReplyParameters{MessageID: u.Message.ID},
				ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{
					{Text: "Thu hồi", CallbackData: "u1"},
				}}},
			})
			if err != nil {
				t.Error(err)
			}
		case u.CallbackQuery != nil:
			m := u.CallbackQuery.Message.Message
			if _, err := b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{
				CallbackQueryID: u.CallbackQuery.ID, Text: "Đã thu hồi",
			}); err != nil {
				t.Error(err)
			}
			if _, err := b.EditMessageText(ctx, &bot.EditMessageTextParams{
				ChatID: m.Chat.ID, MessageID: m.ID, Text: "Đã thu hồi",
			}); err != nil {
				t.Error(err)
			}
			if _, err := b.SendDocument(ctx, &bot.SendDocumentParams{
				ChatID: m.Chat.ID, Caption: "Báo cáo",
				Document: &models.InputFileUpload{Filename: "báo cáo.docx", Data: strings.NewReader("nội dung")},
			}); err != nil {
				t.Error(err)
			}
		}
	}
	b, err := bot.New(w.Token(), bot.WithServerURL(w.url), bot.WithDefaultHandler(handle), bot.WithNotAsyncHandlers())
	w.must(err)
	ctx, cancel := context.WithCancel(deadline(t))
	done := make(chan struct{})
	go func() {
		defer close(done)
		b.Start(ctx)
	}()
	defer func() {
		cancel()
		<-done
	}()

	asked := w.say(ann, ann, "/done 15")
	var sent botserver.Message
	w.must(w.WaitFor(deadline(t), func(v *botserver.World) bool {
		m, ok := v.Last(ann)
		sent = m
		return ok
	}))
	if sent.Text != "🟢 Nhiệm vụ 15" || sent.ReplyTo != asked || sent.Entities[0].Offset != 3 {
		t.Errorf("sent %+v", sent)
	}
	press, err := w.Press(ann, ann, sent.ID, "u1")
	w.must(err)
	w.must(w.WaitFor(deadline(t), func(v *botserver.World) bool {
		m, _ := v.Last(ann)
		return m.File != nil
	}))
	w.View(func(v *botserver.World) {
		p, _ := v.PressByID(press)
		if len(p.Answers) != 1 || p.Answers[0].Text != "Đã thu hồi" {
			t.Errorf("press %+v", p)
		}
		m, _ := v.Message(ann, sent.ID)
		if m.Text != "Đã thu hồi" || len(m.Buttons) != 0 || m.Before[0].Text != sent.Text {
			t.Errorf("edited %+v", m)
		}
		f, _ := v.Last(ann)
		if f.File.Name != "báo cáo.docx" || string(f.File.Data()) != "nội dung" || f.Text != "Báo cáo" {
			t.Errorf("file %+v", f)
		}
	})
}

// TestLibraryReads lets the library decode every kind of update.
func TestLibraryReads(t *testing.T) {
	w := newWorld(t, botserver.Options{})
	got := make(chan *models.Update, 32)
	b, err := bot.New(w.Token(), bot.WithServerURL(w.url), bot.WithNotAsyncHandlers(),
		bot.WithErrorsHandler(func(err error) {
			if !strings.Contains(err.Error(), "context canceled") {
				t.Error(err)
			}
		}),
		bot.WithDefaultHandler(func(_ context.Context, _ *bot.Bot, u *models.Update) { got <- u }))
	w.must(err)

	w.join(group, forum)
	topic, err := w.AddTopic(ann, forum, "Thanh tra")
	w.must(err)
	_, err = w.Post(binh, forum, botserver.Post{Text: "/done", Topic: topic})
	w.must(err)
	w.say(ann, ann, "xin chào")
	w.must(w.Block(ann))
	w.must(w.Unblock(ann))
	_, err = w.PressForged(ann, ann, 9999, "x")
	w.must(err)
	w.must(w.Upgrade(group, super-10))

	ctx, cancel := context.WithCancel(deadline(t))
	done := make(chan struct{})
	go func() {
		defer close(done)
		b.Start(ctx)
	}()
	var kinds []string
	for range 12 {
		kinds = append(kinds, describe(<-got))
	}
	cancel()
	<-done
	want := "member→member joined member→member joined topic topic-message text member→kicked member→member press " +
		"migrate-to migrate-from"
	if s := strings.Join(kinds, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func describe(u *models.Update) string {
	switch m := u.Message; {
	case u.MyChatMember != nil:
		return "member→" + string(u.MyChatMember.NewChatMember.Type)
	case u.CallbackQuery != nil && u.CallbackQuery.Message.InaccessibleMessage != nil:
		return "press"
	case m == nil:
		return "?"
	case len(m.NewChatMembers) > 0:
		return "joined"
	case m.ForumTopicCreated != nil:
		return "topic"
	case m.IsTopicMessage && m.ReplyToMessage.ForumTopicCreated != nil:
		return "topic-message"
	case m.MigrateToChatID != 0:
		return "migrate-to"
	case m.MigrateFromChatID != 0:
		return "migrate-from"
	}
	return "text"
}
