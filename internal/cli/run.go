package cli

import (
	"context"
	"errors"
)

// errNotBuilt stands in for a part of the program that is not wired in.
var errNotBuilt = errors.New("this command is not built yet")

// startCmd is what runs when no command is named.
type startCmd struct{}

// Run starts the bot if there is a token, else the try-out.
func (startCmd) Run(ctx context.Context, p *program) error {
	token, err := readToken()
	switch {
	case err != nil:
		return err
	case token == "":
		return p.tryout(ctx)
	}
	return p.bot(ctx, token)
}

type runCmd struct{}

// Run starts the bot, for which a token is needed.
func (runCmd) Run(ctx context.Context, p *program) error {
	token, err := readToken()
	switch {
	case err != nil:
		return err
	case token == "":
		return unusable(`no bot token: set %s or %s; "dondoc demo" opens the try-out, which needs none`,
			tokenVariable, tokenFileVariable)
	}
	return p.bot(ctx, token)
}

func (p *program) bot(ctx context.Context, token string) error {
	p.secrets.Add(token)
	cfg, release, err := p.configure(ctx, token, listen)
	if err != nil {
		return err
	}
	return errors.Join(runBot(ctx, cfg), release())
}

// runBot runs the bot on Telegram until ctx is done.
func runBot(context.Context, Config) error { return errNotBuilt }
