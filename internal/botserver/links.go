package botserver

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// A deepLink is a link that opens a chat with the bot.
type deepLink struct {
	username string
	start    string
	group    bool // startgroup
}

// startParameter is what may follow ?start= (Bot API, deep linking).
var startParameter = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

func parseDeepLink(link string) (deepLink, bool) {
	u, err := url.Parse(link)
	if err != nil {
		return deepLink{}, false
	}
	q := u.Query()
	d := deepLink{start: q.Get("start")}
	if q.Has("startgroup") {
		d.start, d.group = q.Get("startgroup"), true
	}
	switch {
	case u.Scheme == "tg" && u.Host == "resolve":
		d.username = q.Get("domain")
	case (u.Scheme == "https" || u.Scheme == "http") && (u.Host == "t.me" || u.Host == "telegram.me"):
		d.username = strings.Trim(u.Path, "/")
	}
	return d, d.username != "" && (d.start == "" || startParameter.MatchString(d.start))
}

func (w *World) ownLink(link string) bool {
	d, ok := parseDeepLink(link)
	return ok && strings.EqualFold(d.username, w.bot.Username)
}

// OpenLink makes the person open a link to the bot and press Start: the bot
// gets "/start <parameter>". For a link with startgroup use OpenGroupLink.
func (s *Server) OpenLink(user int64, link string) (int, error) {
	d, err := s.deepLink(link)
	if err != nil {
		return 0, err
	}
	if d.group {
		return 0, fmt.Errorf("%q asks for a group: %w", link, ErrBadLink)
	}
	return s.Say(user, user, strings.TrimSpace("/start "+d.start))
}

// OpenGroupLink makes the person open a link with startgroup and choose the
// group: the bot is added to it unless it is there, and gets
// "/start@<bot> <parameter>" in it.
func (s *Server) OpenGroupLink(user int64, link string, group int64) (int, error) {
	d, err := s.deepLink(link)
	if err != nil {
		return 0, err
	}
	if !d.group {
		return 0, fmt.Errorf("%q asks for no group: %w", link, ErrBadLink)
	}
	bot := s.Bot()
	if err := s.AddMember(user, group, bot.ID); err != nil {
		return 0, err
	}
	return s.Say(user, group, strings.TrimSpace("/start@"+bot.Username+" "+d.start))
}

func (s *Server) deepLink(link string) (deepLink, error) {
	d, ok := parseDeepLink(link)
	if !ok || !strings.EqualFold(d.username, s.Bot().Username) {
		return d, fmt.Errorf("%q: %w", link, ErrBadLink)
	}
	return d, nil
}
