// Package cli is the command line: it reads flags and environment into
// Settings, runs the command and turns its error into one line and an exit
// status. Results go to standard output, logs and errors to standard error,
// both in English.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"

	"dondoc/internal/logging"
	"dondoc/locales"
)

// The exit statuses.
const (
	statusDone     = 0
	statusFailed   = 1 // failed while running
	statusUnusable = 2 // an argument, setting or file that cannot be used
)

// Streams are where a command reads and writes.
type Streams struct {
	In  io.Reader
	Out io.Writer // results
	Err io.Writer // logs, and the one line of an error
}

// A program is what every command has at hand.
type program struct {
	Streams
	settings Settings
	secrets  *logging.Secrets
}

// commands is the command line's grammar.
type commands struct {
	Settings `embed:"" group:"Settings:"`

	Help helpFlag `short:"h" help:"Show this help."`

	Start    startCmd    `cmd:"" default:"1" hidden:"" help:"Run the bot, or the try-out if there is no token."`
	Run      runCmd      `cmd:"" help:"Run the bot on Telegram."`
	Demo     demoCmd     `cmd:"" help:"Open the try-out, a local chat page, even if there is a token."`
	Plan     planCmd     `cmd:"" help:"Look at plan files and take them over."`
	Deadline deadlineCmd `cmd:"" help:"Read deadline phrases and print one JSON line for each."`
	Report   reportCmd   `cmd:"" help:"Write the workbook and the Word document of a period's report."`
	Export   exportCmd   `cmd:"" help:"Print everything that is kept as one JSON document."`
	Backup   backupCmd   `cmd:"" help:"Write a backup into a new file; a program may be running."`
	Restore  restoreCmd  `cmd:"" help:"Put a backup in the database's place; the replaced file is kept."`
	Health   healthCmd   `cmd:"" help:"Ask the program that runs here whether all is well."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
}

// Main runs one command line, without the program's name, and returns the exit
// status. It ends early, and cleanly, when ctx is done.
func Main(ctx context.Context, args []string, streams Streams) int {
	secrets := &logging.Secrets{}
	err := run(ctx, args, streams, secrets)
	switch {
	case err == nil, errors.Is(err, errHelpShown):
		return statusDone
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		return statusDone
	}
	fmt.Fprintln(streams.Err, "dondoc: "+oneLine(secrets.Mask(err.Error())))
	if isUnusable(err) {
		return statusUnusable
	}
	return statusFailed
}

func run(ctx context.Context, args []string, streams Streams, secrets *logging.Secrets) error {
	p := &program{Streams: streams, secrets: secrets}
	chosen, err := p.parse(ctx, args)
	if err != nil {
		return err
	}
	return chosen.Run()
}

const description = `A Telegram bot that gives out, reminds of and gathers the tasks of an office's yearly plan.

The bot's token comes from $TELEGRAM_BOT_TOKEN or from the file that $TELEGRAM_BOT_TOKEN_FILE names. ` +
	`Without a token and a command the try-out opens, a local chat page.`

// parse reads the command line into the settings and the chosen command.
func (p *program) parse(ctx context.Context, args []string) (*kong.Context, error) {
	var grammar commands
	parser, err := kong.New(&grammar,
		kong.Name("dondoc"),
		kong.Description(description),
		kong.NoDefaultHelp(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
		kong.Writers(p.Out, p.Err),
		kong.Vars{
			"languages": strings.Join(locales.Languages(), ","), "language": locales.Languages()[0], "telegram": telegramURL,
		},
		kong.Resolvers(kong.ResolverFunc(emptyIsUnset)),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(p),
	)
	if err != nil {
		return nil, fmt.Errorf("build the command line: %w", err)
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		return nil, parseError(err)
	}
	p.settings = grammar.Settings
	return chosen, nil
}

// emptyIsUnset gives the default to a setting whose environment variable is
// there but empty, as files of settings tend to leave them.
func emptyIsUnset(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Envs {
		if text, ok := os.LookupEnv(name); ok && text == "" {
			return flag.Default, nil
		}
	}
	return nil, nil
}

// helpFlag prints the help and ends the parsing: kong's own flag ends the
// process.
type helpFlag bool

var errHelpShown = errors.New("help was shown")

// BeforeReset is kong's hook for flags that come before all others.
func (helpFlag) BeforeReset(chosen *kong.Context) error {
	if err := chosen.PrintUsage(false); err != nil {
		return fmt.Errorf("print help: %w", err)
	}
	return errHelpShown
}

// IgnoreDefault keeps the help of the whole from becoming that of the default
// command.
func (helpFlag) IgnoreDefault() {}
