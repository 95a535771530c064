package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"dondoc/internal/app"
	"dondoc/internal/bench/fill"
	"dondoc/internal/botserver"
)

// quietDay is a Saturday: nothing goes out but what is asked for.
const quietDay = "DONDOC_CLOCK=2024-03-09T10:00:00+07:00"

// A visit is one life of a contestant: its data, its server, its settings.
type visit struct {
	name       string
	contestant contestant
	size       fill.Size // of dondoc's database; no units for the shipped plan
	limits     botserver.Limits
	env        []string // settings of dondoc

	after func(data string) error // called once it has ended; nil for nothing
}

// pay starts the contestant, lets work happen once it asks for updates, and
// stops it.
func (b *bench) pay(ctx context.Context, v visit, work func(*site, *process) error) (err error) {
	s, err := newSite(ctx, v.name, v.limits, heads(v.size.Units))
	if err != nil {
		return err
	}
	defer s.close()
	data := ""
	if v.contestant == dondoc || v.contestant == durable {
		size := v.size
		if v.contestant == durable {
			size = fill.Size{} // it makes what it needs
		}
		if data, err = b.data(ctx, size); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	}
	p, err := b.fleet.start(ctx, v.contestant, s, data, v.env...)
	if err != nil {
		return err
	}
	if err = s.atWork(ctx, p); err == nil {
		err = work(s, p)
	}
	if err := errors.Join(err, p.stop()); err != nil || v.after == nil {
		return err
	}
	return v.after(data)
}

// data makes a data folder with a copy of the database of the size, which has
// its backup of the night, or none for the shipped plan.
func (b *bench) data(ctx context.Context, size fill.Size) (string, error) {
	folder, err := os.MkdirTemp(b.fleet.folder, "data")
	if err != nil || size.Units == 0 {
		return folder, err
	}
	name := filepath.Join(b.fleet.folder, fmt.Sprintf("%d-%t.db", size.Units, size.Reports))
	if _, err := os.Stat(name); err != nil {
		if err := fill.File(ctx, name, size, b.zone); err != nil {
			return "", err
		}
	}
	backups := app.Backups(folder).Folder
	if err := os.Mkdir(backups, 0o700); err != nil {
		return "", err
	}
	if err := os.Link(name, filepath.Join(backups, time.Now().UTC().Format("dondoc-20060102T150405Z.db"))); err != nil {
		return "", err
	}
	return folder, copyFile(name, filepath.Join(folder, "dondoc.db"))
}

// heads are the people of an office of that size, whose private chats are the
// units'.
func heads(units int) []int64 {
	list := []int64{fill.Admin, fill.Director}
	for i := range units {
		list = append(list, fill.Person(i))
	}
	return list
}

// pause waits until the instant.
func pause(ctx context.Context, until time.Time) {
	t := time.NewTimer(time.Until(until))
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
