package tryout

import (
	"context"
	"fmt"
	"time"

	"dondoc/internal/app"
	"dondoc/internal/botserver"
)

// settleTimeout bounds the people's first acts, real time.
const settleTimeout = time.Minute

// settle has the people do what an office does first, through the chats as
// anybody would: the admin links each group to its unit and names the unit's
// head there, and the director in the leadership's; the heads and the director
// open their private chats; then the admin gives the tasks out.
func (c *cast) settle(ctx context.Context, s *botserver.Server, bot *app.App) error {
	ctx, cancel := context.WithTimeout(ctx, settleTimeout)
	defer cancel()
	a := acts{s: s}
	if err := a.say(adminID, adminID, "/start"); err != nil {
		return err
	}
	for _, g := range c.groups {
		if err := c.settleGroup(&a, g); err != nil {
			return fmt.Errorf("set up the group of %s: %w", g.unit.Code, err)
		}
	}
	for _, p := range c.people {
		if p.ID != directorID && !c.heads(p.ID) {
			continue
		}
		// Before the bot knows them it turns them away, so this comes last.
		if err := a.say(p.ID, p.ID, "/start"); err != nil {
			return err
		}
	}
	if err := a.answered(ctx); err != nil {
		return err
	}
	if err := a.giveOut(ctx); err != nil {
		return err
	}
	_, err := bot.Settle(ctx)
	return err
}

func (c *cast) settleGroup(a *acts, g unitChat) error {
	if err := a.say(adminID, g.chat, "/link "+g.unit.Code); err != nil {
		return err
	}
	joined, err := a.s.Say(g.head, g.chat, "Đã vào nhóm.")
	if err != nil {
		return err
	}
	if err := a.reply(adminID, g.chat, joined, "/head"); err != nil {
		return err
	}
	if !c.leadership(g) {
		return nil
	}
	if joined, err = a.s.Say(directorID, g.chat, "Đã vào nhóm."); err != nil {
		return err
	}
	return a.reply(adminID, g.chat, joined, "/role director")
}

func (c *cast) heads(id int64) bool {
	return id >= firstHeadID && id < firstHeadID+int64(len(c.groups))
}

// Acts are commands of the people, with what still waits for the bot's answer.
type acts struct {
	s     *botserver.Server
	waits []act
}

type act struct {
	chat    int64
	message int
	text    string
}

func (a *acts) say(user, chat int64, text string) error { return a.reply(user, chat, 0, text) }

func (a *acts) reply(user, chat int64, to int, text string) error {
	id, err := a.s.Reply(user, chat, to, text)
	if err != nil {
		return err
	}
	a.waits = append(a.waits, act{chat, id, text})
	return nil
}

// giveOut has the admin give the plan out: the command shows what will go
// where, and the first button under it does it.
func (a *acts) giveOut(ctx context.Context) error {
	if err := a.say(adminID, adminID, "/publish"); err != nil {
		return err
	}
	if err := a.answered(ctx); err != nil {
		return err
	}
	var asks botserver.Message
	a.s.View(func(w *botserver.World) { asks, _ = w.Last(adminID) })
	if len(asks.Buttons) == 0 {
		return nil // the bot gave a reason why not
	}
	id, err := a.s.Press(adminID, adminID, asks.ID, asks.Buttons[0][0].CallbackData)
	if err != nil {
		return fmt.Errorf("give the tasks out: %w", err)
	}
	return a.s.WaitFor(ctx, func(w *botserver.World) bool {
		p, _ := w.PressByID(id)
		return len(p.Answers) > 0
	})
}

// answered waits until the bot has said something after every command. In a
// chat it answers in order, so nothing before the last one is open then.
func (a *acts) answered(ctx context.Context) error {
	for _, w := range a.waits {
		err := a.s.WaitFor(ctx, func(world *botserver.World) bool {
			for _, m := range world.FromBot(w.chat) {
				if m.ReplyTo == w.message || w.chat > 0 && m.ID > w.message {
					return true
				}
			}
			return false
		})
		if err != nil {
			return fmt.Errorf("no answer to %q in chat %d: %w", w.text, w.chat, err)
		}
	}
	return nil
}
