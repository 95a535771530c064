package handlers

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"dondoc/internal/chat"
)

// groups lists the groups in which units have their chats.
func (c *call) groups() []int64 {
	var ids []int64
	for _, place := range c.snap.Chats {
		if place.Chat < 0 && !slices.Contains(ids, place.Chat) {
			ids = append(ids, place.Chat)
		}
	}
	slices.Sort(ids)
	return ids
}

// chatName is what an admin knows a chat by.
func (c *call) chatName(id int64) string {
	if rec, err := c.tx.Chat(id); err == nil && rec.Title != "" {
		return rec.Title
	}
	if p, err := c.tx.Person(id); err == nil && p.Name != "" {
		return p.Name
	}
	return strconv.FormatInt(id, 10)
}

// findShutChats lists linked chats, and private ones of people with a task, in
// which the bot cannot write.
func (c *call) findShutChats() ([]finding, error) {
	people, err := c.tx.People()
	if err != nil {
		return nil, err
	}
	ids := c.groups()
	for _, p := range people {
		ids = append(ids, p.ID)
	}
	var shut []string
	for _, id := range ids {
		if rec, err := c.tx.Chat(id); err == nil && rec.Gone {
			shut = append(shut, c.chatName(id))
		}
	}
	if len(shut) == 0 {
		return nil, nil
	}
	return []finding{{text: c.n("check.shut", len(shut), "Chats", some(shut, 3))}}, nil
}

// condition says how things stand: clock, calendar, backup, messages.
func (c *call) condition() ([]chat.Markup, error) {
	health := c.h.Health()
	lines := []chat.Markup{c.t("check.clock", "Now", c.moment(c.now), "Zone", c.h.Location.String(),
		"Offset", c.now.In(c.h.Location).Format("-07:00"))}
	if health.Rehearsed {
		lines = append(lines, c.t("check.rehearsed", "Now", c.moment(health.Now)))
	}
	if health.SkewKnown {
		lines = append(lines, c.n("check.skew", int(health.Skew.Abs().Round(time.Second)/time.Second)))
	}
	var years []string
	for y := c.plan.Year; y <= max(c.plan.Year, c.today.Year())+1; y++ {
		if c.snap.Calendar.Knows(y) {
			years = append(years, strconv.Itoa(y))
		}
	}
	lines = append(lines, c.t("check.calendar", "Years", strings.Join(years, ", ")))
	if !health.Backup.IsZero() {
		lines = append(lines, c.t("check.backup", "At", c.moment(health.Backup)))
	}
	waits, err := c.tx.Unsent()
	if err != nil {
		return nil, err
	}
	lines = append(lines, c.n("check.waiting", waits.Count))
	return lines, nil
}

// hearing says of each group what the bot hears there.
func (c *call) hearing() (lines []chat.Markup) {
	deaf := false
	for _, id := range c.groups() {
		key := "check.group.unknown"
		rec, err := c.tx.Chat(id)
		switch {
		case err != nil || rec.Standing == nil:
		case rec.Gone:
			key = "check.group.shut"
		case rec.Standing.Admin:
			key = "check.group.admin"
		case rec.Standing.HearsAll:
			key = "check.group.all"
		default:
			key, deaf = "check.group.commands", true
		}
		lines = append(lines, c.t(key, "Chat", c.chatName(id))) // keys: check.group.*
	}
	if deaf {
		lines = append(lines, c.t("check.group.how"))
	}
	return lines
}
