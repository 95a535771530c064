package handlers

import (
	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// mergeUnits makes the first unit that is named part of the second.
func (c *call) mergeUnits(words string) error {
	from, into, err := c.twoUnits(words)
	if err != nil {
		return err
	}
	if err := c.tx.MergeUnit(from, into.Code); err != nil {
		return err
	}
	if err := c.passChat(from, into); err != nil {
		return err
	}
	if err := c.reload(); err != nil {
		return err
	}
	if place, ok := c.snap.Chats[into.Code]; ok { // its heads are more
		if err := c.chatMenu(place.Chat); err != nil {
			return err
		}
	}
	if err := c.tx.Trail(c.now, c.person.ID, "merge_unit", from.Code+" "+into.Code); err != nil {
		return err
	}
	_, err = c.say(join(append([]chat.Markup{
		c.t("units.merged", "From", from.Name, "Into", into.Name),
	}, c.changesWait()...)...))
	return err
}

// passChat gives the chat of a merged unit to the unit into which it was
// merged, if that has none; else the chat is told that it hears no more.
func (c *call) passChat(from, into plan.Unit) error {
	place, linked := c.snap.Chats[from.Code]
	own, taken := c.snap.Chats[into.Code]
	switch {
	case !linked || place == own:
		return nil
	case !taken:
		if err := c.tx.LinkUnit(into.Code, place); err != nil {
			return err
		}
	default:
		told := c.to(place.Chat).t("units.merged_told", "From", from.Name, "Into", into.Name)
		if _, err := c.send(chat.Outgoing{To: place, Priority: chat.Answer}, told); err != nil {
			return err
		}
	}
	return c.chatMenu(place.Chat)
}

// changesWait says how the units hear of what has changed since they were given
// their tasks.
func (c *call) changesWait() []chat.Markup {
	if c.plan.Published == 0 || c.plan.Closed != 0 {
		return nil
	}
	return []chat.Markup{c.t("units.changes_wait", "Publish", c.publishCommand(c.plan))}
}
