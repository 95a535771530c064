package cli

import (
	"net"
	"strconv"
	"strings"
	"unicode"

	"dondoc/internal/clock"
	"dondoc/internal/logging"
)

// Settings is all that can be set, from flags and environment; a flag goes
// before its environment variable. Secrets have no flag: other users of a
// machine can read command lines.
type Settings struct {
	APIURL         apiURL         `name:"api-url" env:"TELEGRAM_API_URL" default:"${telegram}" placeholder:"URL" help:"Address of the Bot API server (${default})."`
	Data           string         `env:"DONDOC_DATA" default:"./data" placeholder:"FOLDER" help:"Folder of the database (${default})."`
	Admins         userIDs        `env:"DONDOC_ADMINS" placeholder:"ID,..." help:"Telegram user ids of the first admins."`
	Plan           string         `env:"DONDOC_PLAN" placeholder:"FILE" help:"Plan for a data folder without one (the shipped plan of 2024)."`
	Units          string         `env:"DONDOC_UNITS" placeholder:"FILE" help:"Units for a data folder without a plan (the shipped sample)."`
	Timezone       timezone       `env:"DONDOC_TIMEZONE" default:"Asia/Ho_Chi_Minh" placeholder:"ZONE" help:"Time zone of the plan (${default})."`
	Lang           string         `env:"DONDOC_LANG" default:"${language}" enum:"${languages}" placeholder:"LANG" help:"Language of chats that chose none: ${enum} (${default})."`
	Listen         address        `env:"DONDOC_LISTEN" default:"127.0.0.1:9874" placeholder:"HOST:PORT" help:"Address for health, metrics and the webhook (${default})."`
	WebhookURL     webhookURL     `name:"webhook-url" env:"DONDOC_WEBHOOK_URL" placeholder:"URL" help:"Where Telegram delivers updates, https; without it they are fetched."`
	LogFormat      logging.Format `env:"DONDOC_LOG" default:"text" enum:"text,json" placeholder:"FORMAT" help:"Format of the log: ${enum} (${default})."`
	ReportTemplate string         `name:"report-template" env:"DONDOC_REPORT_TEMPLATE" placeholder:"FILE" help:"Word document to fill for reports (the shipped one)."`
	Limits         limits         `env:"DONDOC_LIMITS" default:"30,1,20" placeholder:"N,N,N" help:"Messages a second, a second per chat, a minute per group; off for an own server (${default})."`
	Clock          instant        `env:"DONDOC_CLOCK" placeholder:"TIME" help:"Rehearse: the program's time at start, such as 2024-03-15T08:00:00+07:00."`
	ClockSpeed     speed          `env:"DONDOC_CLOCK_SPEED" default:"1" placeholder:"FACTOR" help:"Rehearse: how many times faster than real time, up to 60000 (${default})."`
}

// Validate checks what single settings cannot know of each other.
func (s *Settings) Validate() error {
	if s.Clock.IsZero() && s.ClockSpeed != 1 {
		return unusable("--clock-speed (DONDOC_CLOCK_SPEED) needs --clock (DONDOC_CLOCK), the time at which the rehearsal starts")
	}
	return nil
}

// clock returns the clock that the settings ask for.
func (s *Settings) clock() clock.Clock {
	if s.Clock.IsZero() {
		return clock.Real()
	}
	return clock.NewRehearsal(s.Clock.In(s.Timezone.Location), float64(s.ClockSpeed))
}

//nolint:gosec // G101: names of variables, no secrets
const (
	tokenVariable     = "TELEGRAM_BOT_TOKEN"
	tokenFileVariable = "TELEGRAM_BOT_TOKEN_FILE"
)

// Where Telegram's own Bot API server is, and what names another.
const (
	telegramURL    = "https://api.telegram.org"
	apiURLVariable = "TELEGRAM_API_URL"
)

// readToken returns the bot's token from the environment or from the file that
// the environment names, "" if there is none.
func readToken() (string, error) {
	token, source, err := readSecret(tokenVariable, tokenFileVariable)
	if err != nil || token == "" {
		return "", err
	}
	// A token becomes part of an address.
	if strings.ContainsFunc(token, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsGraphic(r) || strings.ContainsRune(" /?#%\\", r)
	}) {
		return "", unusable("%s holds no bot token; @BotFather gives one such as 123456789:AAE…", source)
	}
	return token, nil
}

// An address is what a server listens on, HOST:PORT; without HOST on every
// address of the machine.
type address string

// UnmarshalText reads HOST:PORT.
func (a *address) UnmarshalText(text []byte) error {
	_, port, err := net.SplitHostPort(string(text))
	if err != nil {
		return wrongValue(text, "HOST:PORT is expected, such as 127.0.0.1:9874")
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return wrongValue(text, "the port must be a number from 0 to 65535, such as in 127.0.0.1:9874")
	}
	*a = address(text)
	return nil
}
