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

// An Invitation is a link that lets one person in, once.
type Invitation struct {
	Role    string // admin, director or head
	Unit    string // of a head
	By      int64
	Expires time.Time
	Used    bool
	UsedBy  int64
}

// AddInvitation stores an invitation under the hash of its token.
func (tx *Tx) AddInvitation(hash []byte, i Invitation) error {
	var unit any
	if i.Unit != "" {
		unit = i.Unit
	}
	if _, err := tx.exec(`INSERT INTO invitations (hash, role, unit, invited_by, expires_at) VALUES (?, ?, ?, ?, ?)`,
		hash, i.Role, unit, i.By, millis(i.Expires)); err != nil {
		return fmt.Errorf("add invitation: %w", err)
	}
	return nil
}

// Invitation returns the invitation with the hash, or ErrNotFound.
func (tx *Tx) Invitation(hash []byte) (Invitation, error) {
	var i Invitation
	err := tx.row(dest(&i.Role, &i.Unit, &i.By, instant{&i.Expires}, &i.Used, &i.UsedBy),
		`SELECT role, coalesce(unit, ''), invited_by, expires_at, used_at IS NOT NULL, coalesce(used_by, 0)
		FROM invitations WHERE hash = ?`, hash)
	if err != nil {
		return i, fmt.Errorf("invitation: %w", err)
	}
	return i, nil
}

// UseInvitation records who used the link.
func (tx *Tx) UseInvitation(hash []byte, person int64, at time.Time) error {
	if _, err := tx.exec(`UPDATE invitations SET used_at = ?, used_by = ? WHERE hash = ?`, millis(at), person, hash); err != nil {
		return fmt.Errorf("use invitation: %w", err)
	}
	return nil
}

// A Request is a member's wish to report for his unit.
type Request struct {
	ID      int64
	Person  int64
	Name    string
	Unit    string
	Place   chat.Place
	Decided bool
}

// AddRequest stores a request, unless the person has an open one for the same
// unit: then it returns that one and fresh is false.
func (tx *Tx) AddRequest(r Request, at time.Time) (id int64, fresh bool, err error) {
	open, err := list[int64](tx, `SELECT id FROM requests WHERE person = ? AND unit = ? AND decided_at IS NULL`, r.Person, r.Unit)
	if err != nil {
		return 0, false, fmt.Errorf("request: %w", err)
	}
	if len(open) > 0 {
		return open[0], false, nil
	}
	id, err = tx.insert(`INSERT INTO requests (person, name, unit, chat, topic, at) VALUES (?, ?, ?, ?, ?, ?)`,
		r.Person, r.Name, r.Unit, r.Place.Chat, r.Place.Topic, millis(at))
	if err != nil {
		return 0, false, fmt.Errorf("request: %w", err)
	}
	return id, true, nil
}

// Request returns a request, or ErrNotFound.
func (tx *Tx) Request(id int64) (Request, error) {
	r := Request{ID: id}
	err := tx.row(dest(&r.Person, &r.Name, &r.Unit, &r.Place.Chat, &r.Place.Topic, &r.Decided),
		`SELECT person, name, unit, chat, topic, decided_at IS NOT NULL FROM requests WHERE id = ?`, id)
	if err != nil {
		return r, fmt.Errorf("request: %w", err)
	}
	return r, nil
}

// DecideRequest records the answer to a request.
func (tx *Tx) DecideRequest(id, by int64, granted bool, at time.Time) error {
	if _, err := tx.exec(`UPDATE requests SET decided_at = ?, decided_by = ?, granted = ? WHERE id = ?`,
		millis(at), by, granted, id); err != nil {
		return fmt.Errorf("decide request: %w", err)
	}
	return nil
}
