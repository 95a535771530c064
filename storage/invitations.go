package storage

import (
	"fmt"
	"time"
)

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
