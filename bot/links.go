package bot

import (
	"fmt"
	"strconv"
	"strings"

	"dondoc/internal/chat"
)

// Links make Telegram's addresses; the bot's own need its name.
type Links struct {
	Username func() string // without @
}

// Start is the address that opens a private chat with the bot and brings the
// token along.
func (l Links) Start(token string) string { return l.deep("start", token) }

// StartGroup is the address that has a person choose a group for the bot, to
// which the token is brought.
func (l Links) StartGroup(token string) string { return l.deep("startgroup", token) }

func (l Links) deep(how, token string) string {
	return fmt.Sprintf("https://t.me/%s?%s=%s", l.Username(), how, token)
}

// Topic is the address of a topic, for those who are in its group.
func (Links) Topic(p chat.Place) string {
	return fmt.Sprintf("https://t.me/c/%s/%d", strings.TrimPrefix(strconv.FormatInt(p.Chat, 10), "-100"), p.Topic)
}
