package handlers

import "dondoc/internal/chat"

// Links make addresses as the chat program has them.
type Links interface {
	Start(token string) string      // opens a private chat with the bot
	StartGroup(token string) string // lets a person choose a group for the bot
	Topic(p chat.Place) string
}
