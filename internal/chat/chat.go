// Package chat is what the program knows of any chat service: what comes in
// (Incoming) and what goes out (Outgoing), free of the service's own types.
// Everything in it can be stored as JSON.
package chat

import "time"

// A ChatKind says what kind of conversation a chat is.
type ChatKind string

// The kinds of chats.
const (
	Private ChatKind = "private"
	Group   ChatKind = "group" // group or supergroup
	Channel ChatKind = "channel"
)

// A Place is where a message stands: a chat, or one topic of a forum group.
type Place struct {
	Chat  int64 `json:"chat"`
	Topic int   `json:"topic,omitempty"`
}

// A Chat is the conversation that something came from.
type Chat struct {
	Place
	Kind  ChatKind `json:"kind"`
	Title string   `json:"title,omitempty"`
	Forum bool     `json:"forum,omitempty"`
}

// A Person is who said or pressed something.
type Person struct {
	ID        int64  `json:"id"`
	Name      string `json:"name"`
	Anonymous bool   `json:"anonymous,omitempty"` // an anonymous group admin or a channel: no person
	Bot       bool   `json:"bot,omitempty"`
}

// An IncomingKind says what happened.
type IncomingKind string

// The kinds of incoming events.
const (
	InMessage  IncomingKind = "message"  // text, or a file with or without a caption
	InEdited   IncomingKind = "edited"   // a message was changed after it was sent
	InPress    IncomingKind = "press"    // a button was pressed
	InMigrated IncomingKind = "migrated" // the group From became the chat MovedTo
	InStanding IncomingKind = "standing" // the bot's own standing in a chat changed
	InRank     IncomingKind = "rank"     // the answer to an AskRank
	InFile     IncomingKind = "file"     // the answer to a Fetch
	InOutage   IncomingKind = "outage"   // messages may have been lost
	InDeferred IncomingKind = "deferred" // what was put off is to happen now
	InOther    IncomingKind = "other"    // nothing that concerns the program
)

// Incoming is one event from the chat service.
type Incoming struct {
	Kind    IncomingKind `json:"kind"`
	Chat    Chat         `json:"chat"`
	From    Person       `json:"from"`
	Message int          `json:"message,omitempty"` // id of the message within the chat
	At      time.Time    `json:"at"`                // when it counts
	Text    string       `json:"text,omitempty"`    // text or caption, as typed
	File    *File        `json:"file,omitempty"`
	Album   string       `json:"album,omitempty"` // shared by the files of one album
	ReplyTo *Reply       `json:"reply_to,omitempty"`
	Press   *Press       `json:"press,omitempty"`
	MovedTo int64        `json:"moved_to,omitempty"`
	Present bool         `json:"present,omitempty"` // of InStanding: the bot can write there
	Rank    *Rank        `json:"rank,omitempty"`

	Standing *Standing `json:"standing,omitempty"` // of InStanding, if it is the answer to an AskStanding

	// Of InFile: what it was fetched for, and the content of File or why it
	// could not be had. Of InDeferred: what is to happen.
	Action  *Action      `json:"action,omitempty"`
	Data    []byte       `json:"data,omitempty"`
	Failure FetchFailure `json:"failure,omitempty"`

	Outage *Outage `json:"outage,omitempty"`
}

// An Outage is a time, real, in which the program heard nothing, and for so
// long that some of what was said in it is lost.
type Outage struct {
	From     time.Time `json:"from"`
	To       time.Time `json:"to"`
	Lost     time.Time `json:"lost"`               // what was said from From to Lost may never arrive
	Restored bool      `json:"restored,omitempty"` // the program has forgotten it: a backup was restored
}

// A FetchFailure says why a file could not be had, now or later.
type FetchFailure string

// The failures.
const (
	FetchTooLarge FetchFailure = "too_large" // above MaxFetch
	FetchRefused  FetchFailure = "refused"   // the service does not know it any more
)

// A File is a document or photo that stays with the chat service.
type File struct {
	ID    string `json:"id"`
	Name  string `json:"name,omitempty"`
	Photo bool   `json:"photo,omitempty"`
	Size  int64  `json:"size,omitempty"`
}

// A Reply is the message that an incoming message answers.
type Reply struct {
	Message int    `json:"message"`
	From    Person `json:"from"`
	Service bool   `json:"service,omitempty"` // "X joined the group" and the like
	File    *File  `json:"file,omitempty"`
	Album   string `json:"album,omitempty"`
}

// A Press is a pressed button.
type Press struct {
	ID     string `json:"id"`     // to answer it by
	Button string `json:"button"` // the opaque id that the button bears
}

// A Rank is a person's standing in a group, with what it was asked for.
type Rank struct {
	Admin  bool   `json:"admin"`
	Known  bool   `json:"known"` // false if the service would not say
	Action Action `json:"action"`
}

// A Standing is what the bot may do in a group where it can write.
type Standing struct {
	Admin    bool   `json:"admin"`
	HearsAll bool   `json:"hears_all"` // every message, not only commands, replies to it and presses
	Action   Action `json:"action"`    // what it was asked for
}
