package storage

import (
	"fmt"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// A ChatRecord is what is known of a chat.
type ChatRecord struct {
	Title string
	Lang  string
	Gone  bool // the bot cannot write there

	Standing *chat.Standing // of the bot in a group, when it was last asked; nil if it never was
	AskedAt  time.Time      // when that was
}

// KeepChat stores what a chat is called now. Somebody speaks there, so it is
// open to the bot.
func (tx *Tx) KeepChat(c chat.Chat) error {
	var known bool
	err := tx.row(dest(&known), `SELECT EXISTS (SELECT 1 FROM chats
		WHERE id = ? AND gone_at IS NULL AND kind = ? AND title = ? AND forum = ?)`, c.Chat, c.Kind, c.Title, c.Forum)
	if err != nil {
		return fmt.Errorf("keep chat: %w", err)
	}
	if known { // as in most cases
		return nil
	}
	if err := tx.OpenChat(c.Chat); err != nil {
		return err
	}
	if _, err := tx.exec(`INSERT INTO chats (id, kind, title, forum) VALUES (?1, ?2, ?3, ?4)
		ON CONFLICT (id) DO UPDATE SET kind = ?2, title = ?3, forum = ?4
		WHERE kind <> ?2 OR title <> ?3 OR forum <> ?4`,
		c.Chat, c.Kind, c.Title, c.Forum); err != nil {
		return fmt.Errorf("keep chat: %w", err)
	}
	return nil
}

// Chat returns what is known of a chat, or ErrNotFound.
func (tx *Tx) Chat(id int64) (ChatRecord, error) {
	var c ChatRecord
	var s chat.Standing
	err := tx.row(dest(&c.Title, &c.Lang, &c.Gone, &s.Admin, &s.HearsAll, instant{&c.AskedAt}),
		`SELECT title, lang, gone_at IS NOT NULL, coalesce(bot_admin, 0), coalesce(hears_all, 0), standing_at
		FROM chats WHERE id = ?`, id)
	if err != nil {
		return c, fmt.Errorf("chat: %w", err)
	}
	if !c.AskedAt.IsZero() {
		c.Standing = &s
	}
	return c, nil
}

// SetChatLang stores the language of a group.
func (tx *Tx) SetChatLang(id int64, lang string) error {
	if _, err := tx.exec(`UPDATE chats SET lang = ? WHERE id = ?`, lang, id); err != nil {
		return fmt.Errorf("set language: %w", err)
	}
	return nil
}

// SetGone records that the bot can no longer write in the chat, or can again.
func (tx *Tx) SetGone(id int64, gone bool, at time.Time) error {
	if !gone {
		if err := tx.OpenChat(id); err != nil {
			return err
		}
		return tx.reopen(id) // though nobody may have spoken there yet
	}
	if _, err := tx.exec(`UPDATE chats SET gone_at = coalesce(gone_at, ?) WHERE id = ?`, millis(at), id); err != nil {
		return fmt.Errorf("set gone: %w", err)
	}
	return nil
}

// OpenChat records that something came from the chat, so that the bot can write
// there again if it could not.
func (tx *Tx) OpenChat(id int64) error {
	n, err := tx.changed(`UPDATE chats SET gone_at = NULL WHERE id = ? AND gone_at IS NOT NULL`, id)
	if err != nil {
		return fmt.Errorf("open chat: %w", err)
	}
	if n == 0 {
		return nil
	}
	return tx.reopen(id)
}

// SetStanding records what the bot may do in a group, as of the instant.
func (tx *Tx) SetStanding(id int64, s chat.Standing, at time.Time) error {
	if _, err := tx.exec(`UPDATE chats SET bot_admin = ?, hears_all = ?, standing_at = ? WHERE id = ?`,
		s.Admin, s.HearsAll, millis(at), id); err != nil {
		return fmt.Errorf("set standing: %w", err)
	}
	return nil
}

// FirstHintIn reports whether a chat that serves no unit was not yet told so
// on the day, and remembers that it is now.
func (tx *Tx) FirstHintIn(id int64, on plan.Date) (bool, error) {
	n, err := tx.changed(`UPDATE chats SET told_on = ?2 WHERE id = ?1 AND told_on <> ?2`, id, on.String())
	if err != nil {
		return false, fmt.Errorf("hint: %w", err)
	}
	return n > 0, nil
}

// MoveChat gives what belonged to the group old to the chat that it became.
func (tx *Tx) MoveChat(old, moved int64) error {
	for _, q := range []string{
		`UPDATE units SET chat = ?2 WHERE chat = ?1`,
		`UPDATE requests SET chat = ?2 WHERE chat = ?1`,
		`UPDATE extension_requests SET chat = ?2 WHERE chat = ?1`,
		`UPDATE extension_messages SET chat = ?2 WHERE chat = ?1`,
		`INSERT INTO chats (id, kind, title, forum, lang) SELECT ?2, kind, title, forum, lang FROM chats WHERE id = ?1
			ON CONFLICT (id) DO UPDATE SET lang = excluded.lang WHERE chats.lang = ''`,
	} {
		if _, err := tx.exec(q, old, moved); err != nil {
			return fmt.Errorf("move chat: %w", err)
		}
	}
	return tx.touch()
}
