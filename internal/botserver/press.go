package botserver

import (
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Press makes the person press the button with the data under the message. It
// returns the press's id; the answer is found by World.PressByID.
func (s *Server) Press(user, chatID int64, message int, data string) (string, error) {
	return s.press(user, chatID, message, data, true)
}

// PressLabel is Press for the first button with the text.
func (s *Server) PressLabel(user, chatID int64, message int, label string) (string, error) {
	var data string
	s.View(func(w *World) {
		m, _ := w.Message(chatID, message)
		for _, row := range m.Buttons {
			for _, b := range row {
				if b.Text == label && data == "" {
					data = b.CallbackData
				}
			}
		}
	})
	if data == "" {
		return "", fmt.Errorf("button %q under message %d: %w", label, message, ErrNoButton)
	}
	return s.Press(user, chatID, message, data)
}

// PressForged presses as an altered app can: with any data, on a message that
// has no such button, is gone, or stands in a chat that the person is not in.
// Of a message that is not there the bot gets the inaccessible kind.
func (s *Server) PressForged(user, chatID int64, message int, data string) (string, error) {
	return s.press(user, chatID, message, data, false)
}

func (s *Server) press(user, chatID int64, message int, data string, honest bool) (id string, err error) {
	err = s.act(func(w *World) error {
		u, c := w.users[user], w.chats[chatID]
		switch {
		case u == nil || u.bot:
			return fmt.Errorf("user %d: %w", user, ErrNoUser)
		case c == nil:
			return fmt.Errorf("chat %d: %w", chatID, ErrNoChat)
		case honest && !c.status(user).Present():
			return fmt.Errorf("user %d in chat %d: %w", user, chatID, ErrNotMember)
		}
		m := c.index[message]
		if m != nil && m.Deleted {
			m = nil
		}
		if honest && (m == nil || !m.offers(data)) {
			return fmt.Errorf("button %q under message %d: %w", data, message, ErrNoButton)
		}
		p := &Press{
			ID:   strconv.FormatInt(4_000_000_000_000_000_000+w.nextSerial(), 10),
			User: user, Chat: chatID, Message: message, Data: data, At: w.network(),
		}
		id = p.ID
		w.presses[p.ID] = p
		w.pressed = append(w.pressed, p.ID)
		v := &wireCallback{ID: p.ID, From: w.wireUser(user), ChatInstance: chatInstance(chatID), Data: data}
		if m != nil {
			v.Message = w.wireMessage(c, m, true)
		} else {
			v.Message = wireInaccessible{Chat: w.wireChat(c), MessageID: message}
		}
		w.emit(kindCallbackQuery, wireUpdate{CallbackQuery: v})
		w.touch(c)
		return nil
	})
	return id, err
}

func (m *Message) offers(data string) bool {
	return slices.ContainsFunc(m.Buttons, func(row []Button) bool {
		return slices.ContainsFunc(row, func(b Button) bool { return b.CallbackData == data && data != "" })
	})
}

// Presses returns all presses, oldest first.
func (w *World) Presses() []Press {
	out := make([]Press, 0, len(w.pressed))
	for _, id := range w.pressed {
		out = append(out, *w.presses[id])
	}
	return out
}

// PressByID returns one press with its answers.
func (w *World) PressByID(id string) (Press, bool) {
	p, ok := w.presses[id]
	if !ok {
		return Press{}, false
	}
	return *p, true
}

// answerCallbackQuery answers a press while Telegram still waits for it.
func (s *Server) answerCallbackQuery(w *World, q *request) (any, error) {
	p, ok := w.presses[q.params["callback_query_id"]]
	now := w.network()
	if !ok || now.Sub(p.At) >= s.queryLife {
		return nil, badRequest("query is too old and response timeout expired or query ID is invalid")
	}
	a := Answer{Text: q.params["text"], Alert: q.boolean("show_alert"), URL: q.params["url"], At: now}
	switch {
	case !utf8.ValidString(a.Text):
		return nil, badRequest("strings must be encoded in UTF-8")
	case units(a.Text) > maxAnswer:
		return nil, badRequest("MESSAGE_TOO_LONG")
	case a.URL != "" && !w.ownLink(a.URL):
		return nil, badRequest("URL_INVALID")
	}
	p.Answers = append(slices.Clip(p.Answers), a)
	w.touch(w.chats[p.Chat])
	return true, nil
}
