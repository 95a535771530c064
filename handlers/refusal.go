package handlers

import (
	"dondoc/internal/chat"
)

// A refusal is an error that a person may read: what was not done, why, what
// to send instead. Whatever the call did before is undone.
type refusal struct {
	key     string
	args    []any
	buttons [][]chat.Button
}

func (r *refusal) Error() string { return "refused: " + r.key }

// refuse returns a refusal with the locale's text of the key, filled as
// call.t fills it.
func refuse(key string, args ...any) *refusal { return &refusal{key: key, args: args} }

func (r *refusal) with(buttons ...chat.Button) *refusal {
	r.buttons = append(r.buttons, buttons)
	return r
}

// refuse says the refusal: under a press as its short answer, else as an
// answer to the message.
func (c *call) refuse(r *refusal) error {
	text := c.t(r.key, r.args...)
	if c.in.Kind == chat.InPress {
		return c.answer(text, true)
	}
	_, err := c.say(text, r.buttons...)
	return err
}
