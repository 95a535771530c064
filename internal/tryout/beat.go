package tryout

import (
	"context"
	"fmt"
	"strings"
	"time"

	"dondoc/internal/botserver"
)

// A beat is what somebody does at some time: writes a text, or presses the
// first button of the bot's last question in the chat.
type beat struct {
	at    time.Time
	user  int64
	chat  int64
	text  string
	press string // instead of text: what the question tells about
}

// beatTimeout bounds the waiting for the bot's answer, real time.
const beatTimeout = 10 * time.Second

func (b beat) perform(ctx context.Context, s *botserver.Server) error {
	ctx, cancel := context.WithTimeout(ctx, beatTimeout)
	defer cancel()
	if b.press != "" {
		return b.pressFirst(ctx, s)
	}
	a := acts{s: s}
	if err := a.say(b.user, b.chat, b.text); err != nil {
		return err
	}
	return a.answered(ctx)
}

// pressFirst presses the first button under the latest message that has the
// words, if there is one.
func (b beat) pressFirst(ctx context.Context, s *botserver.Server) error {
	var question botserver.Message
	s.View(func(w *botserver.World) {
		for _, m := range w.FromBot(b.chat) {
			if len(m.Buttons) > 0 && strings.Contains(m.Text, b.press) {
				question = m
			}
		}
	})
	if question.ID == 0 {
		return nil // the visitor has answered it
	}
	id, err := s.Press(b.user, b.chat, question.ID, question.Buttons[0][0].CallbackData)
	if err != nil {
		return fmt.Errorf("answer %q: %w", b.press, err)
	}
	return s.WaitFor(ctx, func(w *botserver.World) bool {
		p, _ := w.PressByID(id)
		return len(p.Answers) > 0
	})
}
