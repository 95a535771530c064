package handlers

import (
	"fmt"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/scheduler"
	"dondoc/storage"
)

// scheduledRows are the messages that the calendar causes, and what shows them
// ahead.
func scheduledRows() []row {
	return []row{
		{
			verb: scheduler.VerbReminder, who: head | admin, where: anyplace,
			press: (*call).pressReminder, compose: (*call).composeReminder,
		},
		{verb: scheduler.VerbNotice, who: admin, where: anyplace, compose: (*call).composeNotice},
		{verb: scheduler.VerbPost, who: director | admin, where: anyplace, compose: (*call).composePost},
		{
			verb: "preview", names: []string{"preview", "dukien"}, who: admin, where: anyplace, menu: admin,
			run: (*call).preview, press: (*call).pressPreview,
		},
	}
}

// Digest reads a fetched file as the row does that asked for it.
func (h *Handlers) Digest(out chat.Outgoing, data []byte) []byte {
	if out.Action != nil {
		if r := h.byVerb[out.Action.Verb]; r != nil && r.digest != nil {
			return r.digest(data)
		}
	}
	return data
}

// Compose makes the message that the outgoing row stands for, from what is true
// now.
func (h *Handlers) Compose(tx *storage.Tx, out chat.Outgoing) (chat.Composition, error) {
	c, err := h.unasked(tx, h.Now())
	if err != nil {
		return chat.Composition{}, err
	}
	c.in.Chat.Place, c.here = out.To, c.snap.Serves[out.To]
	if out.Action != nil {
		c.action, c.row = *out.Action, h.byVerb[out.Action.Verb]
	}
	if c.row == nil || c.row.compose == nil || c.plan == nil {
		return chat.Composition{}, fmt.Errorf("nothing composes %q", c.action.Verb)
	}
	c.words = c.wordsFor(out.To.Chat)
	return c.row.compose(c)
}

// tooEarly is the composition of what has to wait for the time of day on a
// working day; nil if it may be said now.
func (c *call) tooEarly(at plan.Clock) *chat.Composition {
	hours := c.hours()
	if hours.Allowed(c.now) {
		return nil
	}
	next := hours.Next(c.now)
	if onDay := at.On(plan.DateOf(next, c.h.Location), c.h.Location); onDay.After(next) {
		next = onDay
	}
	return &chat.Composition{After: next}
}

// composed is a message to the place of the call, cut to what one message
// holds.
func (c *call) composed(text chat.Markup, buttons [][]chat.Button) chat.Composition {
	const rest = 100 // for the line that says where the rest is
	if parts := chat.Split(text, chat.MaxText-rest); len(parts) > 1 {
		text = join(parts[0], c.t("remind.rest", "Tasks", c.cmd(verbTasks)))
	}
	return chat.Composition{Out: chat.Outgoing{Kind: chat.OutSend, Text: string(text), Buttons: rows(buttons), OnReply: c.onReply}}
}
