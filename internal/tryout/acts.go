package tryout

import (
	"context"
	"errors"
	"net/http"
	"time"

	"dondoc/internal/botserver"
	"dondoc/internal/clock"
)

// inRound names the round that a request is meant for.
type inRound struct {
	Round int `json:"round"`
}

func (i inRound) forRound() int { return i.Round }

// A speech is what somebody writes or sends.
type speech struct {
	inRound
	User    int64     `json:"user"`
	Chat    int64     `json:"chat"`
	Text    string    `json:"text"`
	ReplyTo int       `json:"reply_to"`
	File    *sentFile `json:"file"`
}

type sentFile struct {
	Name string `json:"name"`
	Data []byte `json:"data"`
}

// A spoken act names the message that it made or changed.
type spoken struct {
	Message int   `json:"message"`
	Chat    int64 `json:"chat"`
}

func say(_ *http.Request, r *round, in speech) (any, error) {
	p := botserver.Post{Text: in.Text, ReplyTo: in.ReplyTo}
	if in.File != nil {
		p.File = &botserver.Upload{Name: in.File.Name, Data: in.File.Data}
	}
	if err := r.cast.letIn(r.server, in.User, in.Chat); err != nil {
		return nil, err
	}
	id, err := r.server.Post(in.User, in.Chat, p)
	return spoken{id, in.Chat}, err
}

// A change is new text for what somebody wrote.
type change struct {
	inRound
	User    int64  `json:"user"`
	Chat    int64  `json:"chat"`
	Message int    `json:"message"`
	Text    string `json:"text"`
}

func edit(_ *http.Request, r *round, in change) (any, error) {
	return spoken{in.Message, in.Chat}, r.server.EditMessage(in.User, in.Chat, in.Message, in.Text)
}

// A pressing is a press of a button; Data is what the button bears.
type pressing struct {
	inRound
	User    int64  `json:"user"`
	Chat    int64  `json:"chat"`
	Message int    `json:"message"`
	Data    string `json:"data"`
}

// A pressed button has, or lacks, the bot's answer.
type pressed struct {
	Answered bool   `json:"answered"`
	Text     string `json:"text"`
	Alert    bool   `json:"alert"`
}

// pressTimeout is how long an app shows that a press is under way.
const pressTimeout = 15 * time.Second

func press(req *http.Request, r *round, in pressing) (any, error) {
	id, err := r.server.Press(in.User, in.Chat, in.Message, in.Data)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(req.Context(), pressTimeout)
	defer cancel()
	var out pressed
	err = r.server.WaitFor(ctx, func(w *botserver.World) bool {
		p, _ := w.PressByID(id)
		if len(p.Answers) == 0 {
			return false
		}
		out = pressed{Answered: true, Text: p.Answers[0].Text, Alert: p.Answers[0].Alert}
		return true
	})
	if errors.Is(err, context.DeadlineExceeded) {
		return out, nil
	}
	return out, err
}

// An opening is a link to the bot that somebody opens, for a link with
// startgroup in a group.
type opening struct {
	inRound
	User  int64  `json:"user"`
	Link  string `json:"link"`
	Group int64  `json:"group"`
}

func open(_ *http.Request, r *round, in opening) (any, error) {
	if in.Group != 0 {
		id, err := r.server.OpenGroupLink(in.User, in.Link, in.Group)
		return spoken{id, in.Group}, err
	}
	id, err := r.server.OpenLink(in.User, in.Link)
	return spoken{id, in.User}, err
}

func (t *tryout) startAgain(_ *http.Request, r *round, _ inRound) (any, error) {
	if err := t.restart(r); err != nil {
		t.endWith(err) // there is nothing left to show
		return nil, err
	}
	return struct{}{}, nil
}

// explain turns an error into what the page has words for.
func explain(err error) *apiError {
	if known, ok := errors.AsType[*apiError](err); ok {
		return known
	}
	codes := []struct {
		err  error
		code string
	}{
		{clock.ErrBackwards, "backwards"},
		{botserver.ErrNoButton, "no_button"},
		{botserver.ErrNoMessage, "no_message"},
		{botserver.ErrNotMember, "not_member"},
		{botserver.ErrBadLink, "bad_link"},
		{botserver.ErrNotAllowed, "not_allowed"},
		{botserver.ErrNoChat, "no_chat"},
		{botserver.ErrNoUser, "no_user"},
	}
	for _, c := range codes {
		if errors.Is(err, c.err) {
			return &apiError{http.StatusUnprocessableEntity, c.code}
		}
	}
	return &apiError{http.StatusInternalServerError, "failed"}
}
