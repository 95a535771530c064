package storage

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"time"
)

// A button's id is the instant of its making, so that new ones stand side by
// side in the index and few pages of it change, and random bytes, so that nobody
// guesses one. In base64url it stays far below the 64 bytes that the Bot API
// allows.
const (
	buttonInstant = 6 // bytes of Unix milliseconds
	buttonRandom  = 16
)

func newButtonID() string {
	var id [buttonInstant + buttonRandom]byte
	now := binary.BigEndian.AppendUint64(nil, uint64(time.Now().UnixMilli()))
	copy(id[:buttonInstant], now[len(now)-buttonInstant:])
	_, _ = rand.Read(id[buttonInstant:]) // never fails, by its documentation
	return base64.RawURLEncoding.EncodeToString(id[:])
}
