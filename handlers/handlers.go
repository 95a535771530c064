// Package handlers knows what each command, button and reply means and who may
// use it. It turns one incoming event into changes and answers within the
// transaction that it is handed; it knows nothing of the chat service's API and
// nothing of SQL.
package handlers

import (
	"errors"
	"strings"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/internal/reportfile"
	"dondoc/locales"
	"dondoc/storage"
)

// Config is what handlers need from outside.
type Config struct {
	Words    *locales.Bundle
	Lang     string // spoken where nobody chose another
	Location *time.Location
	Now      func() time.Time
	Bot      func() string        // the bot's own user name, without @
	Template *reportfile.Template // of the Word report; nil for the shipped one
	Links    Links
	Health   func() Health
}

// Handlers answer incoming events.
type Handlers struct {
	Config
	rows    []row
	byVerb  map[string]*row
	byNamed map[string]*row
}

// New returns handlers for every row of the table.
func New(cfg Config) *Handlers {
	h := &Handlers{Config: cfg, rows: table(), byVerb: map[string]*row{}, byNamed: map[string]*row{}}
	for i := range h.rows {
		r := &h.rows[i]
		h.byVerb[r.verb] = r
		for _, n := range r.names {
			h.byNamed[n] = r
		}
	}
	return h
}

// Handle does what the event asks for. What it changes and says is part of
// tx; an error means that nothing was done and that it may be tried again.
func (h *Handlers) Handle(tx *storage.Tx, in chat.Incoming) error {
	c, err := h.open(tx, in)
	if err != nil {
		return err
	}
	stale := false
	err = tx.Savepoint(func() error {
		err := c.dispatch()
		stale = errors.Is(err, errStale)
		if stale || errors.Is(err, errSilent) {
			return nil
		}
		return err
	})
	var no *refusal
	switch {
	case stale:
		_, err = c.say(c.t("refuse.link_dead"))
	case errors.As(err, &no):
		return c.refuse(no)
	}
	return err
}

func (c *call) dispatch() error {
	switch c.in.Kind {
	case chat.InMessage:
		return c.message()
	case chat.InPress:
		return c.press()
	case chat.InEdited:
		return c.edited()
	case chat.InMigrated:
		return c.migrated()
	case chat.InStanding:
		return c.stands()
	case chat.InRank:
		return c.ranked()
	case chat.InOutage:
		return c.outage()
	case chat.InDeferred:
		return c.deferred()
	case chat.InFile:
		return c.fetched()
	case chat.InOther:
	}
	return nil
}

// GiveUp tells whoever caused the event that it could not be handled.
func (h *Handlers) GiveUp(tx *storage.Tx, in chat.Incoming) error {
	c, err := h.open(tx, in)
	if err != nil {
		return err
	}
	switch {
	case in.Kind == chat.InPress:
		return c.answer(c.t("error.system"), true)
	case in.Kind == chat.InFile, in.Kind == chat.InMessage && c.standing != stranger && c.addressed():
		_, err = c.say(c.t("error.system"))
	}
	return err
}

// addressed reports whether a message is meant for the bot, and no talk among
// people in a group.
func (c *call) addressed() bool {
	return c.in.Chat.Kind == chat.Private || strings.HasPrefix(c.in.Text, "/") || c.in.ReplyTo != nil && c.in.ReplyTo.From.Bot
}

// migrated gives what belonged to a group to the supergroup that it became.
func (c *call) migrated() error {
	if err := c.tx.MoveMessages(c.in.Chat.Chat, c.in.MovedTo); err != nil {
		return err
	}
	if err := c.tx.MoveChat(c.in.Chat.Chat, c.in.MovedTo); err != nil {
		return err
	}
	return c.chatMenu(c.in.MovedTo)
}

// edited says, once for each message, that a changed command is not run
// again, and that a changed reply to the bot's question is not taken.
func (c *call) edited() error {
	cmd, ok := parseCommand(c.in.Text, c.h.Bot())
	switch {
	case c.standing == stranger:
		return nil
	case ok && c.h.byNamed[cmd.name] != nil:
		return c.sayOnce("edited", c.t("common.edited", "Command", "/"+cmd.name))
	}
	if asked, err := c.answersBot(); err != nil || !asked || c.talks() {
		return err
	}
	return c.sayOnce("edited", c.t("common.edited_reply"))
}

// message handles what a person wrote or sent.
func (c *call) message() error {
	cmd, isCommand := parseCommand(c.in.Text, c.h.Bot())
	switch {
	case c.in.From.Bot && !c.in.From.Anonymous:
		return nil
	case c.in.From.Anonymous && isCommand && c.h.byNamed[cmd.name] != nil:
		_, err := c.say(c.t("refuse.anonymous"))
		return err
	case c.in.From.Anonymous:
		return c.anonymousReply()
	case chat.Length(c.in.Text) > chat.MaxText && c.standing != stranger:
		return refuse("refuse.too_long")
	case c.markedSecret() && c.standing != stranger && (isCommand || c.in.ReplyTo != nil || c.in.File != nil):
		return refuse("refuse.secret")
	case isCommand:
		return c.command(cmd)
	case c.standing == stranger && c.in.Chat.Kind == chat.Private:
		return c.turnAway()
	}
	return c.plainMessage()
}

// markedSecret reports whether the text or the file's name bears a mark of
// state secrecy. Nothing of it is kept: the inbox forgets what it held once the
// event is handled.
func (c *call) markedSecret() bool {
	if c.in.File != nil && plan.MarkedSecret(chat.Clean(c.in.File.Name)) {
		return true
	}
	return plan.MarkedSecret(chat.Clean(c.in.Text))
}

// plainMessage handles what is no command: a reply to a question of the bot,
// or one more file of an album.
func (c *call) plainMessage() error {
	if asked, err := c.answersBot(); err != nil || asked {
		if err != nil {
			return err
		}
		return c.replied()
	}
	if awaited, err := c.planAwaited(); err != nil || awaited {
		if err != nil {
			return err
		}
		return c.takeAwaited()
	}
	if c.in.File != nil && c.in.Album != "" {
		return c.albumFile()
	}
	switch {
	case c.in.Chat.Kind != chat.Private:
		return nil
	case c.standing&(head|director) == director:
		return refuse("refuse.no_command_director")
	}
	return refuse("refuse.no_command")
}

func (c *call) command(cmd command) error {
	r := c.h.byNamed[cmd.name]
	c.args = cmd.args
	if c.in.File != nil && c.in.Album != "" && c.standing != stranger {
		if err := c.albumFile(); err != nil {
			return err
		}
	}
	invited := r != nil && r.who&stranger != 0 && cmd.args != "" // as far as is known yet
	switch {
	case c.standing == stranger && c.in.Chat.Kind == chat.Private && !invited:
		return c.turnAway()
	case r == nil && !cmd.named && c.in.Chat.Kind != chat.Private && len(c.here) == 0:
		return nil // most likely meant for another bot
	case c.standing == stranger && c.in.Chat.Kind != chat.Private && !invited:
		return c.pointElsewhere()
	case r == nil:
		return refuse("refuse.unknown_command", "Command", "/"+cmd.name)
	}
	if err := c.use(r); err != nil {
		return err
	}
	if to := c.in.ReplyTo; to != nil && to.Album != "" {
		var err error
		if c.album, err = c.tx.AlbumFiles(c.in.Chat.Chat, to.Album); err != nil {
			return err
		}
	}
	if c.h.hasCommand(cmd.args) {
		return refuse("refuse.two_commands", "Done", c.cmd(verbDone))
	}
	return r.run(c)
}

func (c *call) press() error {
	action, outbox, err := c.tx.ButtonAction(c.in.Chat.Place, c.in.Message, c.in.Press.Button)
	switch {
	case errors.Is(err, storage.ErrNotFound) || c.in.From.Anonymous:
		return c.dead()
	case err != nil:
		return err
	}
	c.action, c.pressed = action, outbox
	r := c.h.byVerb[action.Verb]
	if r == nil || r.press == nil {
		return c.dead()
	}
	if err := c.usePlan(); err != nil {
		return err
	}
	if err := c.use(r); err != nil {
		return err
	}
	if err := r.press(c); err != nil {
		return err
	}
	if c.answered {
		return nil
	}
	return c.answer("", false)
}

// usePlan makes the plan that the button or the question was about the call's
// own.
func (c *call) usePlan() error {
	if c.action.Plan == 0 {
		return nil
	}
	p := c.snap.Plan(c.action.Plan)
	if p == nil {
		return c.dead()
	}
	c.plan = p
	return nil
}

// book returns the plan as it stands on the day.
func (c *call) book(day plan.Date) *plan.Book {
	return &plan.Book{Plan: c.plan, Calendar: c.snap.Calendar, Today: day}
}
