package handlers

// stands takes note of whether the bot can write in the chat, and of what else
// was asked about it.
func (c *call) stands() error {
	if err := c.tx.SetGone(c.in.Chat.Chat, !c.in.Present, c.now); err != nil {
		return err
	}
	s := c.in.Standing
	if s == nil {
		return nil
	}
	if c.in.Present {
		if err := c.tx.SetStanding(c.in.Chat.Chat, *s, c.in.At); err != nil {
			return err
		}
	}
	if s.Action.Verb == verbCheck {
		return c.checkAgain(s.Action)
	}
	return nil
}
