// Package botserver is a Bot API server in memory: the try-out page and the
// project's tests stand on it. It refuses what Telegram refuses, in Telegram's
// words (Bot API 10.1; error texts of tdlib/telegram-bot-api), so that what
// works here works there.
//
// A Server has two sides. Over HTTP it is what api.telegram.org is to a bot.
// Through its Go methods a test or a page acts as the people (AddUser, Say,
// Press, …) and looks at what came of it (View, WaitFor). Where this server is
// stricter than Telegram, the comment at the check says so; of the markups it
// reads HTML only.
package botserver

import (
	"net/http"
	"strings"
	"sync"
	"time"
)

// Options say how a Server is set up. The zero value is usable.
type Options struct {
	Token    string // of the bot, "<user id>:<secret>"; DefaultToken if empty
	Name     string // the bot's first name; "Đôn đốc" if empty
	Username string // the bot's username; "dondoc_bot" if empty

	// Clock dates messages; time.Now if nil. A rehearsal's clock goes here.
	Clock func() time.Time
	// Network is the time of the connection: limits, age of button presses,
	// 24 hours that updates are kept; time.Now if nil. Long polls are waited
	// out by the machine's own clock whatever it says.
	Network func() time.Time

	PrivacyOff bool          // the bot hears everything in groups
	QueryLife  time.Duration // in which a press can be answered; 15 s if zero
	Limits     Limits        // refused with 429 beyond these; zero values do not limit
	Faults     Faults        // faults by seed; none if zero
	// Hook, if set, is asked before each call; a fault that it returns befalls
	// the call in place of a seeded one. Several calls may ask at once.
	Hook func(method string, params map[string]string) *Fault
}

// DefaultToken is the bot's token where the options name none.
const DefaultToken = "7000000001:AAlocal-bot-api-server-test-token00"

const (
	defaultName      = "Đôn đốc"
	defaultUsername  = "dondoc_bot"
	defaultQueryLife = 15 * time.Second
)

// Server is the Bot API server. It is safe for concurrent use.
type Server struct {
	token     string
	network   func() time.Time
	queryLife time.Duration
	limits    Limits
	methods   map[string]handler
	faults    *faultPlan

	closing sync.Once
	closed  chan struct{} // ends long polls

	mu    sync.Mutex
	world *World
}

// New returns a server whose world holds nobody but the bot.
func New(o Options) *Server {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Network == nil {
		o.Network = time.Now
	}
	if o.QueryLife == 0 {
		o.QueryLife = defaultQueryLife
	}
	s := &Server{
		token:     orDefault(o.Token, DefaultToken),
		network:   o.Network,
		queryLife: o.QueryLife,
		limits:    o.Limits,
		faults:    newFaultPlan(o.Faults, o.Hook),
		closed:    make(chan struct{}),
	}
	bot := User{
		ID:        tokenID(s.token),
		FirstName: orDefault(o.Name, defaultName),
		Username:  orDefault(o.Username, defaultUsername),
		bot:       true,
	}
	s.world = newWorld(bot, o)
	s.methods = s.table()
	return s
}

// Close ends long polls under way, and lets later ones wait no more, so that
// an HTTP server over this one can shut down. It returns nil.
func (s *Server) Close() error {
	s.closing.Do(func() { close(s.closed) })
	return nil
}

// Token returns the bot's token.
func (s *Server) Token() string { return s.token }

// Bot returns the bot itself.
func (s *Server) Bot() User { return s.world.bot }

// SetHook replaces Options.Hook.
func (s *Server) SetHook(hook func(method string, params map[string]string) *Fault) {
	s.faults.setHook(hook)
}

// SetFaults replaces Options.Faults and starts their sequence anew.
func (s *Server) SetFaults(f Faults) { s.faults.set(f) }

// ServeHTTP answers /bot<token>/<method> and /file/bot<token>/<path>.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if rest, ok := strings.CutPrefix(r.URL.Path, "/file/bot"); ok {
		s.serveFile(w, r, rest)
		return
	}
	rest, ok := strings.CutPrefix(r.URL.Path, "/bot")
	token, method, found := strings.Cut(rest, "/")
	switch {
	case !ok || !found || !strings.Contains(token, ":"):
		writeError(w, errNotFound())
	case token != s.token:
		writeError(w, errUnauthorized())
	default:
		s.serveMethod(w, r, method)
	}
}

func orDefault(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
