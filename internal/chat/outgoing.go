package chat

import "time"

// An OutgoingKind says what is to be done.
type OutgoingKind string

// The kinds of outgoing acts.
const (
	OutSend        OutgoingKind = "send"         // a new message
	OutEdit        OutgoingKind = "edit"         // a message's text and buttons change
	OutUnbutton    OutgoingKind = "unbutton"     // a message loses its buttons
	OutAnswer      OutgoingKind = "answer"       // the short answer to a press
	OutReact       OutgoingKind = "react"        // a sign under a person's message
	OutDocument    OutgoingKind = "document"     // a new message with a file
	OutPhoto       OutgoingKind = "photo"        // a new message with a picture
	OutMenu        OutgoingKind = "menu"         // the commands that a person or chat is offered
	OutAskRank     OutgoingKind = "ask_rank"     // asks a person's standing in a group
	OutAskStanding OutgoingKind = "ask_standing" // asks the bot's own standing in a group
	OutFetch       OutgoingKind = "fetch"        // asks for a file's content, which comes as an InFile
	OutCompose     OutgoingKind = "compose"      // a new message whose text is made in the moment of sending
)

// A Priority orders what waits for one chat, lowest first; within one
// priority the order of queueing holds.
type Priority int

// The priorities.
const (
	Now      Priority = iota // answers to presses: at once or never
	Answer                   // what a person's act causes
	Reminder                 // what the calendar causes
	CleanUp                  // removal of old buttons, reactions, menus
)

// Limits of one message, in UTF-16 code units after markup is read (Bot API,
// sendMessage, sendDocument, answerCallbackQuery).
const (
	MaxText    = 4096
	MaxCaption = 1024
	MaxAnswer  = 200
)

// MaxFetch is the size in bytes of the largest file that can be fetched (Bot
// API, getFile).
const MaxFetch = 20 << 20

// Outgoing is one act towards the chat service. Text is Markup.
type Outgoing struct {
	Kind     OutgoingKind `json:"kind"`
	To       Place        `json:"to"`
	Priority Priority     `json:"priority"`
	Silent   bool         `json:"silent,omitempty"`
	Text     string       `json:"text,omitempty"`
	Buttons  [][]Button   `json:"buttons,omitempty"`
	ReplyTo  int          `json:"reply_to,omitempty"` // message id that it answers
	Ask      string       `json:"ask,omitempty"`      // asks for a reply: the field's placeholder
	OnReply  *Action      `json:"on_reply,omitempty"` // what a reply to this message means
	Edits    int64        `json:"edits,omitempty"`    // outbox id of the message that changes
	Message  int          `json:"message,omitempty"`  // message id: of OutReact, OutUnbutton
	Press    string       `json:"press,omitempty"`    // of OutAnswer
	Alert    bool         `json:"alert,omitempty"`    // of OutAnswer: a box that must be closed
	Sign     string       `json:"sign,omitempty"`     // of OutReact
	Name     string       `json:"name,omitempty"`     // file name
	Data     []byte       `json:"data,omitempty"`     // file content
	File     *File        `json:"file,omitempty"`     // of OutFetch
	Person   int64        `json:"person,omitempty"`   // of OutMenu within a group, OutAskRank; who asked for an OutFetch
	Menu     []MenuItem   `json:"menu,omitempty"`
	Action   *Action      `json:"action,omitempty"` // what an answer is for, or an OutCompose is about

	// Pace is the least time between two edits of one message. An edit with a
	// pace may wait, so what the message shows may be a moment old: its buttons
	// live on, and those that it bears again keep their ids.
	Pace time.Duration `json:"pace,omitempty"`
}

// A Composition is what an OutCompose became.
type Composition struct {
	Out   Outgoing  // OutSend, OutDocument or OutPhoto
	Empty bool      // nothing remains to be said
	After time.Time // not zero: nothing is to be said before, in the program's time
}

// A Button stands under a message. ID is opaque and set when the message is
// queued; URL buttons have no Action.
type Button struct {
	Label  string `json:"label"`
	ID     string `json:"id,omitempty"`
	URL    string `json:"url,omitempty"`
	Action Action `json:"action,omitzero"`
}

// An Action is what a press or a reply means. Verb is a row of the table of
// who may do what; the rest are its arguments.
type Action struct {
	Verb       string  `json:"verb"`
	Plan       int64   `json:"plan,omitempty"`
	Tasks      []int   `json:"tasks,omitempty"`
	Occurrence int64   `json:"occurrence,omitempty"`
	Unit       string  `json:"unit,omitempty"`
	Person     int64   `json:"person,omitempty"`
	Name       string  `json:"name,omitempty"` // of a person who is not known yet
	Page       int     `json:"page,omitempty"`
	Place      *Place  `json:"place,omitempty"`
	Arg        string  `json:"arg,omitempty"`
	Files      []File  `json:"files,omitempty"`
	Album      string  `json:"album,omitempty"`
	Key        int64   `json:"key,omitempty"`
	Then       *Action `json:"then,omitempty"`  // what a choice leads to
	Fresh      bool    `json:"fresh,omitempty"` // the answer is a new message, not a change of the pressed one
}

// A MenuItem is one command of a menu.
type MenuItem struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}
