package tryout

import (
	"slices"
	"time"

	"dondoc/internal/botserver"
)

// A viewMessage is a message as the page shows it.
type viewMessage struct {
	Chat     int64                `json:"chat"`
	ID       int                  `json:"id"`
	From     int64                `json:"from"`
	At       string               `json:"at"` // RFC 3339 in the plan's time zone
	Edited   bool                 `json:"edited,omitempty"`
	Text     string               `json:"text,omitempty"`
	Entities []botserver.Entity   `json:"entities,omitempty"` // offsets count UTF-16 units, as the page's strings
	ReplyTo  int                  `json:"reply_to,omitempty"`
	File     *viewFile            `json:"file,omitempty"`
	Buttons  [][]botserver.Button `json:"buttons,omitempty"`
	AskReply bool                 `json:"ask_reply,omitempty"`
	Prompt   string               `json:"prompt,omitempty"` // what the reply field says while empty
	Reaction string               `json:"reaction,omitempty"`
	Service  string               `json:"service,omitempty"` // the kind of a service message
	Users    []int64              `json:"users,omitempty"`   // whom a service message names
	Silent   bool                 `json:"silent,omitempty"`
	Deleted  bool                 `json:"deleted,omitempty"`
}

type viewFile struct {
	Name  string `json:"name"`
	Size  int    `json:"size"` // bytes
	Photo bool   `json:"photo"`
}

func viewOf(m botserver.Message, loc *time.Location) viewMessage {
	v := viewMessage{
		Chat: m.Chat, ID: m.ID, From: m.From, At: m.Date.In(loc).Format(time.RFC3339),
		Edited: rewritten(m), Text: m.Text, Entities: m.Entities, ReplyTo: m.ReplyTo,
		Buttons: m.Buttons, Reaction: m.Reaction, Silent: m.Silent, Deleted: m.Deleted,
	}
	if m.File != nil {
		v.File = &viewFile{Name: m.File.Name, Size: m.File.Size, Photo: m.File.Photo}
	}
	if m.ForceReply != nil {
		v.AskReply, v.Prompt = true, m.ForceReply.Placeholder
	}
	if m.Service != nil {
		v.Service, v.Users = string(m.Service.Kind), m.Service.Users
	}
	return v
}

// rewritten reports whether the message says something else than at first. A
// change of its buttons alone is not shown as an edit.
func rewritten(m botserver.Message) bool {
	return slices.ContainsFunc(m.Before, func(v botserver.Version) bool { return v.Text != m.Text })
}

// Sections of the page's list of chats.
const (
	sectionLead    = "lead" // private chats of the director and the admin
	sectionGroups  = "groups"
	sectionPrivate = "private"
)

// chats returns the chats in the order of the page.
func (c *cast) chats(w *botserver.World) []viewChat {
	var list []viewChat
	for _, g := range c.groups {
		people := []int64{g.head, memberID, adminID}
		if c.leadership(g) {
			people = append(people, directorID)
		}
		v := viewChat{
			ID: g.chat, Title: g.unit.Name, Group: true, Section: sectionGroups,
			People: append(people, strangerID), // comes in with the first word
		}
		for _, m := range w.Members(g.chat) {
			if m.Status.Present() {
				v.Members = append(v.Members, m.User)
			}
		}
		list = append(list, v)
	}
	for _, p := range c.people {
		v := viewChat{ID: p.ID, Title: p.Name, Section: sectionPrivate, People: []int64{p.ID}}
		if p.ID == directorID || p.ID == adminID {
			v.Section = sectionLead
		}
		list = append(list, v)
	}
	return list
}
