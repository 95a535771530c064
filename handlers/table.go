package handlers

import (
	"slices"

	"dondoc/internal/chat"
)

// A where says in which kinds of places something may be asked.
type where uint8

// The places; several may be allowed.
const (
	private   where = 1 << iota
	unitChat        // a group or topic that serves a unit
	elsewhere       // any other group or topic

	groups   = unitChat | elsewhere
	anyplace = private | groups
)

// A row of the table of who may do what, where. Commands, presses and replies
// are all checked against it and against nothing else.
type row struct {
	verb  string   // names the row in buttons and in the locale: help.<verb>
	names []string // of the command: English, Vietnamese; none for buttons
	who   standing
	where where
	menu  standing // who finds the command in the menu
	run   func(*call) error
	press func(*call) error
	reply func(*call) error
	file  func(*call) error // gets what the row asked to be fetched, as digest left it

	digest func(data []byte) []byte

	// compose makes a message in the moment of sending; nobody asks for it.
	compose func(*call) (chat.Composition, error)
}

// Verbs that are named by other files than their own, beside their rows.
const (
	verbStart    = "start"
	verbTasks    = "tasks"
	verbTask     = "task"
	verbDone     = "done"
	verbDoing    = "doing"
	verbBlocked  = "blocked"
	verbNone     = "none"
	verbCheckIn  = "checkin"
	verbForm     = "form"
	verbFormOpen = "form_open"
	verbUndo     = "undo"
	verbDue      = "due"
	verbOverdue  = "overdue"
	verbSummary  = "summary"
	verbHistory  = "history"
	verbReport   = "report"
	verbFreeze   = "freeze"
	verbDirect   = "direct"
	verbEvidence = "evidence"
	verbExtend   = "extend"
	verbAnswer   = "answer_extension"
	verbNudge    = "nudge"
	verbPicture  = "picture"
	verbPublish  = "publish"
	verbUnits    = "units"
	verbSettings = "settings"
	verbHelp     = "help"
	verbInvite   = "invite"
	verbDeadline = "deadline"
	verbTrigger  = "trigger"
)

// use checks the call against the row and makes it the call's own.
func (c *call) use(r *row) error {
	c.row = r
	if r.where&c.place() == 0 {
		return refuse("refuse.where."+whereKey(r.where), "Command", c.commandName(r)) // keys: refuse.where.*
	}
	if r.who&c.standing != 0 {
		return nil
	}
	switch {
	case c.standing == stranger:
		return refuse("refuse.stranger")
	case r.who&head != 0 && c.standing&member != 0:
		return c.refuseMember()
	case r.who&head != 0:
		return refuse("refuse.who.head", "Command", c.commandName(r))
	case r.who&director != 0:
		return refuse("refuse.who.director", "Command", c.commandName(r))
	}
	return refuse("refuse.who.admin", "Command", c.commandName(r))
}

func whereKey(w where) string {
	switch {
	case w&private != 0:
		return "private"
	case w&elsewhere != 0:
		return "group"
	}
	return "unit"
}

func (c *call) place() where {
	switch {
	case c.in.Chat.Kind == chat.Private:
		return private
	case len(c.here) > 0:
		return unitChat
	}
	return elsewhere
}

// commandName is what the command is called in the language of the chat;
// /done and /summary keep their names.
func (c *call) commandName(r *row) string {
	switch {
	case len(r.names) == 0:
		return ""
	case len(r.names) == 1 || c.words.Lang() != "vi" || r.verb == verbDone || r.verb == verbSummary:
		return "/" + r.names[0]
	}
	return "/" + r.names[1]
}

// cmd is commandName by verb.
func (c *call) cmd(verb string) string { return c.commandName(c.h.byVerb[verb]) }

// menuFor lists the commands that the standing finds in the menu.
func (c *call) menuFor(s standing, w where) []chat.MenuItem {
	var items []chat.MenuItem
	for i := range c.h.rows {
		r := &c.h.rows[i]
		if r.menu&s == 0 || r.where&w == 0 {
			continue
		}
		items = append(items, chat.MenuItem{
			Command:     c.commandName(r)[1:],
			Description: chat.Plain(c.t("help." + r.verb)),
		})
	}
	return items
}

// table returns the rows in the order of the menu.
func table() []row {
	return slices.Concat(reportRows(), readRows(), setupRows(), planRows(), adminRows(), importRows(), peopleRows(),
		scheduledRows())
}
