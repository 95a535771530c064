package handlers

import (
	"errors"
	"slices"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// talkedBelow are what a reply may mean to messages below which people talk:
// who may not is not told so.
var talkedBelow = []string{verbDirect, verbEvidence, verbAnswer}

// talks reports whether the reply may be talk among people.
func (c *call) talks() bool {
	return slices.Contains(talkedBelow, c.action.Verb) || c.action.Verb == verbForm && !c.hasFormLines()
}

// anonymousReply tells who answers the bot in the name of a group that nothing
// is recorded.
func (c *call) anonymousReply() error {
	asked, err := c.answersBot()
	if err != nil || !asked || c.talks() && c.in.File == nil {
		return err
	}
	return refuse("refuse.anonymous")
}

// answersBot reports whether the message replies to one of the bot's to which a
// reply means something; then the call's action is what it means.
func (c *call) answersBot() (bool, error) {
	if c.in.ReplyTo == nil {
		return false, nil
	}
	action, err := c.tx.ReplyAction(c.in.Chat.Place, c.in.ReplyTo.Message)
	switch {
	case errors.Is(err, storage.ErrNotFound):
		return false, nil
	case err != nil:
		return false, err
	}
	c.action, c.args = *action, chat.Clean(c.in.Text)
	return true, nil
}

func (c *call) replied() error {
	r := c.h.byVerb[c.action.Verb]
	if r == nil || r.reply == nil {
		return nil
	}
	if err := c.usePlan(); err != nil {
		return err
	}
	err := c.use(r)
	if err != nil && c.in.Chat.Kind != chat.Private && c.talks() {
		return nil
	}
	if err != nil {
		return err
	}
	return r.reply(c)
}
