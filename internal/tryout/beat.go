package tryout

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dondoc/internal/botserver"
)

// A beat is what somebody does at some time: writes a text, or presses a button
// of the bot.
type beat struct {
	at    time.Time
	user  int64
	chat  int64
	text  string
	press string // instead of text: what the button's label begins with
}

// beatTimeout bounds the waiting for the bot's answer, real time.
const beatTimeout = 5 * time.Second

// perform does it. What cannot be done is left: whoever visits the try-out may
// have done it, or made the office another.
func (b beat) perform(ctx context.Context, s *botserver.Server) error {
	waiting, cancel := context.WithTimeout(ctx, beatTimeout)
	defer cancel()
	var err error
	if b.press != "" {
		err = b.pressButton(waiting, s)
	} else {
		a := acts{s: s}
		if err = a.say(b.user, b.chat, b.text); err == nil {
			err = a.answered(waiting)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, harmless := range []error{context.DeadlineExceeded, botserver.ErrNoButton, botserver.ErrNotMember} {
		if errors.Is(err, harmless) {
			return nil
		}
	}
	return err
}

// pressButton waits for the button, under the latest message that has it, and
// presses it.
func (b beat) pressButton(ctx context.Context, s *botserver.Server) error {
	var message int
	var data string
	err := s.WaitFor(ctx, func(w *botserver.World) bool {
		for _, m := range slices.Backward(w.FromBot(b.chat)) {
			for _, button := range slices.Concat(m.Buttons...) {
				if strings.HasPrefix(button.Text, b.press) {
					message, data = m.ID, button.CallbackData
					return true
				}
			}
		}
		return false
	})
	if err != nil {
		return fmt.Errorf("wait for %q: %w", b.press, err)
	}
	id, err := s.Press(b.user, b.chat, message, data)
	if err != nil {
		return fmt.Errorf("press %q: %w", b.press, err)
	}
	return s.WaitFor(ctx, func(w *botserver.World) bool {
		p, _ := w.PressByID(id)
		return len(p.Answers) > 0
	})
}
