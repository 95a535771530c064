package botserver

import "strconv"

// SendForTest sends a text as HTML without the way over HTTP, for fuzzing.
func SendForTest(s *Server, chatID int64, source string) (m Message, err error) {
	err = s.act(func(w *World) error {
		q := &request{method: "sendMessage", params: map[string]string{
			"chat_id": strconv.FormatInt(chatID, 10), "text": source, "parse_mode": "HTML",
		}}
		if _, err := w.sendMessage(q); err != nil {
			return err
		}
		m, _ = w.Last(chatID)
		return nil
	})
	return m, err
}
