package handlers

import (
	"fmt"
	"slices"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// send queues a message; a text that is too long for one is split at line
// borders, and the last part bears the buttons.
func (c *call) send(out chat.Outgoing, text chat.Markup) (int64, error) {
	out.Kind, out.Silent = chat.OutSend, c.hours().Night(c.now)
	parts := chat.Split(text, chat.MaxText)
	buttons := out.Buttons
	var id int64
	for i, part := range parts {
		out.Text, out.Buttons = string(part), nil
		if i == len(parts)-1 {
			out.Buttons = buttons
		}
		var err error
		if id, err = c.tx.Enqueue(out); err != nil {
			return 0, err
		}
	}
	return id, nil
}

// say answers where the event came from.
func (c *call) say(text chat.Markup, buttons ...[]chat.Button) (int64, error) {
	out := chat.Outgoing{To: c.in.Chat.Place, Priority: chat.Answer, Buttons: rows(buttons), OnReply: c.onReply}
	if c.in.Kind == chat.InMessage && c.in.Chat.Kind != chat.Private {
		out.ReplyTo = c.in.Message
	}
	return c.send(out, text)
}

// rows leaves out empty rows.
func rows(buttons [][]chat.Button) [][]chat.Button {
	return slices.DeleteFunc(slices.Clone(buttons), func(r []chat.Button) bool { return len(r) == 0 })
}

// ask puts a question whose reply means the action. In a group Telegram opens
// the field for it to whom the question answers or names (Bot API, ForceReply,
// selective): after a press it names who pressed.
func (c *call) ask(text chat.Markup, placeholder chat.Markup, onReply chat.Action) error {
	replyTo := c.in.Message
	if c.in.Kind == chat.InPress { // the message is the bot's own
		replyTo = 0
		if c.in.Chat.Kind != chat.Private {
			text = join(chat.Mention(c.in.From), text)
		}
	}
	_, err := c.send(chat.Outgoing{
		To: c.in.Chat.Place, Priority: chat.Answer, ReplyTo: replyTo,
		Ask: chat.CutUnits(chat.Plain(placeholder), 64), OnReply: &onReply,
	}, text)
	return err
}

// answer is the short answer to a press; alert makes it a box to be closed.
func (c *call) answer(text chat.Markup, alert bool) error {
	c.answered = true
	if c.in.Press == nil { // it happens without one: it was put off
		return nil
	}
	_, err := c.tx.Enqueue(chat.Outgoing{
		Kind: chat.OutAnswer, To: c.in.Chat.Place, Priority: chat.Now,
		Press: c.in.Press.ID, Text: chat.CutUnits(chat.Plain(text), chat.MaxAnswer), Alert: alert,
	})
	return err
}

// show answers a command with a new message, and a press on a message's own
// buttons by changing that message in place.
func (c *call) show(text chat.Markup, buttons ...[]chat.Button) error {
	if c.in.Kind != chat.InPress || c.action.Fresh {
		_, err := c.say(text, buttons...)
		return err
	}
	parts := chat.Split(text, chat.MaxText)
	edit := chat.Outgoing{
		Kind: chat.OutEdit, To: c.in.Chat.Place, Priority: chat.Answer, Edits: c.pressed,
		Text: string(parts[0]), OnReply: c.onReply,
	}
	if len(parts) == 1 {
		edit.Buttons = rows(buttons)
	}
	if _, err := c.tx.Enqueue(edit); err != nil || len(parts) == 1 {
		return err
	}
	_, err := c.say(join(parts[1:]...), buttons...)
	return err
}

// react puts a sign under the person's message in a group.
func (c *call) react(sign string) error {
	if c.in.Kind != chat.InMessage || c.in.Chat.Kind == chat.Private {
		return nil
	}
	_, err := c.tx.Enqueue(chat.Outgoing{
		Kind: chat.OutReact, To: c.in.Chat.Place, Priority: chat.CleanUp, Message: c.in.Message, Sign: sign,
	})
	return err
}

// saidPrefix begins the keys under which stands on which day something was said
// once.
const saidPrefix = "said."

// sayOnce says something once for each message that gives cause.
func (c *call) sayOnce(cause string, text chat.Markup) error {
	key := fmt.Sprintf(saidPrefix+"%s.%d.%d", cause, c.in.Chat.Chat, c.in.Message)
	said, err := c.tx.Setting(key)
	if err != nil || said != "" {
		return err
	}
	if err := c.tx.SetSetting(key, c.today.String()); err != nil {
		return err
	}
	_, err = c.say(text)
	return err
}

// reachable reports whether somebody has opened a private chat with the bot and
// not closed it to the bot: nobody else can be written to (Bot API,
// sendMessage: "bot can't initiate conversation with a user").
func (c *call) reachable(person int64) bool {
	rec, err := c.tx.Chat(person)
	return err == nil && !rec.Gone
}

// tellAdmins writes to every admin in private, but not to the person himself.
func (c *call) tellAdmins(message func(c *call) (chat.Markup, [][]chat.Button)) error {
	admins, err := c.tx.WithRole(plan.Admin)
	if err != nil {
		return err
	}
	for _, a := range admins {
		if a.ID == c.person.ID && c.in.Chat.Kind == chat.Private || !c.reachable(a.ID) {
			continue
		}
		text, buttons := message(c.to(a.ID))
		if _, err := c.send(chat.Outgoing{To: chat.Place{Chat: a.ID}, Priority: chat.Answer, Buttons: buttons}, text); err != nil {
			return err
		}
	}
	return nil
}

// hears returns the unit's chat, if it has one and the bot can write there.
func (c *call) hears(unit string) (chat.Place, bool) {
	place, linked := c.snap.Chats[unit]
	rec, err := c.tx.Chat(place.Chat)
	return place, linked && (err != nil || !rec.Gone)
}

// withUnheard adds to an answer those of the units that have no chat to be told
// in.
func (c *call) withUnheard(text chat.Markup, units ...string) chat.Markup {
	var without []string
	for _, u := range units {
		if _, hears := c.hears(u); !hears {
			without = append(without, c.unitShort(u))
		}
	}
	if len(without) == 0 {
		return text
	}
	return join(text, c.t("deadline.unheard", "List", some(without, 12)))
}

// tellUnit writes to the unit's chat, unless that is where the event came
// from; without a chat it does nothing.
func (c *call) tellUnit(unit string, message func(c *call) chat.Markup) error {
	place, ok := c.snap.Chats[unit]
	if !ok || place == c.in.Chat.Place {
		return nil
	}
	_, err := c.send(chat.Outgoing{To: place, Priority: chat.Answer}, message(c.to(place.Chat)))
	return err
}
