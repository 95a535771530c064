package storage

import (
	"encoding/json"
	"errors"
	"fmt"

	"dondoc/internal/chat"
)

// SetMenu queues the commands that a chat is offered, or one person within
// it, unless they are what was queued last. The place of chat 0 is everybody
// who has no menu of his own; an empty menu takes the own one away.
func (tx *Tx) SetMenu(place chat.Place, person int64, items []chat.MenuItem) error {
	text, err := json.Marshal(append([]chat.MenuItem{}, items...))
	if err != nil {
		return fmt.Errorf("set menu: %w", err)
	}
	var have string
	err = tx.row(dest(&have), `SELECT items FROM menus WHERE chat = ? AND person = ?`, place.Chat, person)
	switch {
	case errors.Is(err, ErrNotFound) && len(items) == 0:
		return nil
	case err != nil && !errors.Is(err, ErrNotFound):
		return fmt.Errorf("set menu: %w", err)
	case err == nil && have == string(text):
		return nil
	}
	if _, err := tx.exec(`INSERT INTO menus (chat, person, items) VALUES (?, ?, ?)
		ON CONFLICT (chat, person) DO UPDATE SET items = excluded.items`,
		place.Chat, person, string(text)); err != nil {
		return fmt.Errorf("set menu: %w", err)
	}
	_, err = tx.Enqueue(chat.Outgoing{
		Kind: chat.OutMenu, To: chat.Place{Chat: place.Chat}, Priority: chat.CleanUp, Person: person, Menu: items,
	})
	return err
}

// ForgetMenu makes the next SetMenu of the scope queue again: the chat service
// refused the last one.
func (tx *Tx) ForgetMenu(place chat.Place, person int64) error {
	if _, err := tx.exec(`DELETE FROM menus WHERE chat = ? AND person = ?`, place.Chat, person); err != nil {
		return fmt.Errorf("forget menu: %w", err)
	}
	return nil
}

// MenusWithin lists the people who have a menu of their own within the chat.
func (tx *Tx) MenusWithin(chatID int64) ([]int64, error) {
	ids, err := list[int64](tx, `SELECT person FROM menus WHERE chat = ? AND person <> 0`, chatID)
	if err != nil {
		return nil, fmt.Errorf("menus within a chat: %w", err)
	}
	return ids, nil
}
