package handlers

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
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

// findUnopened lists who has a role and has not opened the private chat in which
// he would hear of what the role is for. Directors may hear it in the leadership's
// chat instead.
func (c *call) findUnopened() ([]finding, error) {
	people, err := c.tx.WithRole(plan.Admin)
	if err != nil {
		return nil, err
	}
	if !c.leadersLinked() {
		directors, err := c.tx.WithRole(plan.Director)
		if err != nil {
			return nil, err
		}
		people = append(people, directors...)
	}
	var unopened []string
	for _, p := range people {
		if _, err := c.tx.Chat(p.ID); errors.Is(err, storage.ErrNotFound) {
			unopened = append(unopened, c.chatName(p.ID))
		} else if err != nil {
			return nil, err
		}
	}
	if len(unopened) == 0 {
		return nil, nil
	}
	return []finding{{text: c.n("check.unopened", len(unopened), "People", some(unopened, 3))}}, nil
}

// leadersLinked reports whether the leadership has a chat that can be written to.
func (c *call) leadersLinked() bool {
	return slices.ContainsFunc(c.snap.Roster.Units, func(u plan.Unit) bool {
		_, open := c.hears(u.Code)
		return open && u.Kind == plan.UnitLeadership
	})
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
