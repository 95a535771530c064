package bot

import (
	"dondoc/internal/chat"
	"dondoc/storage"
)

// Decode reads a raw update; ok is false for one that is to be set aside.
func Decode(raw []byte) (in chat.Incoming, ok bool) {
	in, err := decode(storage.Arrival{Payload: raw})
	return in, err == nil
}
