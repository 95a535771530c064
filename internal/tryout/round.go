package tryout

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"sync"

	"dondoc/bot"
	"dondoc/internal/app"
	"dondoc/internal/botserver"
	"dondoc/internal/clock"
)

// A round is one run from an empty database: a world of people and chats, a
// clock, and a bot among them.
type round struct {
	number int
	clock  *clock.Rehearsal
	server *botserver.Server
	app    *app.App
	cast   *cast
	guide  *guide
	folder string
	story  *story
	news   *news
	ctx    context.Context // ends with the round
	stop   context.CancelFunc
	parts  sync.WaitGroup // the bot's run, the people's first acts, time running

	mu     sync.Mutex
	trip   *trip // that makes time run; nil for none
	played bool  // the year was, in part
}

// botID is the bot's account; the rest of its token is made anew for every
// round, so that no other page can guess it.
const botID = 7_000_000_001

// begin makes a round and lets its bot run and its people act.
func (t *tryout) begin(number int) (*round, error) {
	seed, err := t.Seed()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "dondoc-tryout-*")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the try-out: %w", err)
	}
	r := &round{
		number: number,
		clock:  t.Clock(),
		cast:   newCast(seed.Roster),
		folder: folder,
		news:   newNews(),
	}
	r.guide = newGuide(seed, r.cast)
	r.story = newStory(seed, r.cast, t.Location, t.spoken)
	r.server = botserver.New(botserver.Options{
		Token: fmt.Sprintf("%d:%s", botID, rand.Text()),
		Clock: r.clock.Now,
	})
	err = r.cast.enter(r.server)
	if err == nil {
		r.app, err = app.New(t.ctx, app.Config{
			Token:    r.server.Token(),
			APIURL:   t.url,
			Data:     folder,
			Admins:   []int64{adminID},
			Seed:     t.Seed,
			Location: t.Location,
			Lang:     t.Lang,
			Template: t.Template,
			Limits:   bot.Limits{}, // the server is an own one
			Clock:    r.clock,
			Log:      t.Log,
			Notices:  t.Notices,
		})
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	t.run(r)
	return r, nil
}

// run starts what a round does by itself.
func (t *tryout) run(r *round) {
	ctx, stop := context.WithCancel(t.ctx)
	r.ctx, r.stop = ctx, stop
	t.serving.Store(r.server)
	if t.Started != nil {
		t.Started(r.app)
	}
	r.parts.Go(func() { t.endWith(r.app.Run(ctx)) })
	r.parts.Go(func() {
		err := r.cast.settle(ctx, r.server, r.app)
		if err != nil && ctx.Err() == nil {
			t.Log.Error("the try-out is not set up", "err", err)
		}
		r.news.settled(err)
	})
}

// end stops the round and removes what it kept.
func (r *round) end() error {
	r.stop()
	r.parts.Wait()
	err := errors.Join(r.server.Close(), r.app.Close(), os.RemoveAll(r.folder))
	r.news.end()
	if err != nil {
		return fmt.Errorf("end the round: %w", err)
	}
	return nil
}
