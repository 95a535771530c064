package handlers

import (
	"dondoc/internal/chat"
	"dondoc/internal/plan"
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
	c, err := h.unasked(tx)
	if err != nil {
		return err
	}
	return c.tellAdmins(func(c *call) (chat.Markup, [][]chat.Button) {
		return c.t("damage.told", "Check", c.cmd("check")), nil
	})
}

// unasked is a call that no event gave cause for.
func (h *Handlers) unasked(tx *storage.Tx) (*call, error) {
	snap, err := tx.Snapshot()
	if err != nil {
		return nil, err
	}
	c := &call{h: h, tx: tx, snap: snap, now: h.Now(), words: h.Words.In(h.Lang)}
	c.today = plan.DateOf(c.now, h.Location)
	c.plan = snap.Current(c.today)
	return c, nil
}
