package handlers

import (
	"strconv"

	"dondoc/internal/chat"
)

// The trail names people and places by their ids, which stay when a name is
// removed.

func idText(id int64) string { return strconv.FormatInt(id, 10) }

func placeText(p chat.Place) string {
	if p.Topic == 0 {
		return idText(p.Chat)
	}
	return idText(p.Chat) + "/" + strconv.Itoa(p.Topic)
}
