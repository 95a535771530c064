package handlers

import (
	"dondoc/internal/chat"
	"dondoc/storage"
)

// DatabaseChecked records what a check of the database found, "" for nothing,
// and tells the admins of damage that is new.
func (h *Handlers) DatabaseChecked(tx *storage.Tx, found string) error {
	before, err := tx.Damage()
	if err != nil || before == found {
		return err
	}
	if err := tx.SetDamage(found); err != nil || found == "" || before != "" {
		return err
	}
	c, err := h.unasked(tx, h.Now())
	if err != nil {
		return err
	}
	return c.tellAdmins(func(c *call) (chat.Markup, [][]chat.Button) {
		return c.t("damage.told", "Check", c.cmd(verbCheck)), nil
	})
}
