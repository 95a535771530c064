package handlers

import (
	"cmp"
	"maps"
	"slices"

	"dondoc/internal/chat"
)

// outage tells every chat that takes part from when to when messages may be
// lost. It happens once for each outage, as every event does.
func (c *call) outage() error {
	places, err := c.audience()
	if err != nil {
		return err
	}
	o := c.in.Outage
	key := "outage.told"
	if o.Restored {
		key = "outage.restored"
	}
	for _, place := range places {
		there := c.to(place.Chat)
		text := there.t(key, "From", there.moment(o.From), "Lost", there.moment(o.Lost), "To", there.moment(o.To),
			"Tasks", there.cmd(verbTasks)) // keys: outage.*
		if _, err := there.send(chat.Outgoing{To: place, Priority: chat.Answer}, text); err != nil {
			return err
		}
	}
	return nil
}

// audience lists the chats of units, and of people whom the office let in and
// who write to the bot in private, as far as the bot can write there.
func (c *call) audience() ([]chat.Place, error) {
	people, err := c.tx.People()
	if err != nil {
		return nil, err
	}
	places := map[chat.Place]bool{}
	for _, place := range c.snap.Chats {
		if rec, err := c.tx.Chat(place.Chat); err != nil || !rec.Gone {
			places[place] = true
		}
	}
	for _, p := range people {
		if c.reachable(p.ID) {
			places[chat.Place{Chat: p.ID}] = true
		}
	}
	return slices.SortedFunc(maps.Keys(places), func(a, b chat.Place) int {
		return cmp.Or(cmp.Compare(a.Chat, b.Chat), cmp.Compare(a.Topic, b.Topic))
	}), nil
}
