package bot

import (
	"time"

	"dondoc/internal/chat"
)

// A Meter counts what passes through. It is told of what has been written
// down, and must return at once.
type Meter interface {
	// Handled is told of each try of an update and how it ended.
	Handled(kind chat.IncomingKind, result string, took time.Duration)
	// Sent is told how a call for a row of the outbox ended.
	Sent(kind chat.OutgoingKind, result string)
	// Flooded is told of each answer that there were too many requests.
	Flooded()
}

// The results that a Meter is told.
const (
	resultDone     = "done"
	resultRetry    = "retry"
	resultSetAside = "set_aside"

	resultSent    = "sent"
	resultRefused = "refused" // for good
	resultDropped = "dropped" // refused, and nobody misses it
	resultMoved   = "moved"   // to another id of the chat
	resultFlooded = "flooded"
	resultFault   = "fault" // of the network or of Telegram's
)

// noMeter is told in vain.
type noMeter struct{}

// Handled does nothing.
func (noMeter) Handled(chat.IncomingKind, string, time.Duration) {}

// Sent does nothing.
func (noMeter) Sent(chat.OutgoingKind, string) {}

// Flooded does nothing.
func (noMeter) Flooded() {}

// result names how a call ended.
func (d ruling) result(r result) string {
	switch d.end {
	case endSent:
		return resultSent
	case endFailed, endShut:
		return resultRefused
	case endDropped:
		return resultDropped
	case endMoved:
		return resultMoved
	case endLater:
	}
	if r.err != nil && r.err.verdict == flooded {
		return resultFlooded
	}
	return resultFault
}
