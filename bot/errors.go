package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
)

// A verdict says what is to be done after a call failed.
type verdict int

const (
	faulty       verdict = iota // the network's or Telegram's fault: try again
	flooded                     // too many requests: try again when told
	moved                       // the chat goes on under another id
	forbidden                   // final: the bot may not write there
	refused                     // final
	unauthorized                // the token is no good any more
	conflict                    // somebody else polls with the token
	taken                       // done, though the answer cannot be read
)

// A callError is a failed call. Its text holds Telegram's words or the
// network's, never the token and never what was sent or answered.
type callError struct {
	method     string
	code       int // Telegram's, of a call past the library
	verdict    verdict
	words      string
	retryAfter time.Duration // of flooded
	movedTo    int64         // of moved
}

func (e *callError) Error() string { return e.method + ": " + e.words }

// failure reads an error of the library or of an HTTP client; what was read
// before stays as it is.
func (a *api) failure(method string, err error) *callError {
	if known, ok := errors.AsType[*callError](err); ok {
		return known
	}
	e := &callError{method: method, words: a.mask(err.Error())}
	var flood *tg.TooManyRequestsError
	var move *tg.MigrateError
	var network *url.Error
	switch {
	case errors.As(err, &flood):
		a.meter.Flooded()
		e.verdict, e.words = flooded, flood.Message
		e.retryAfter = time.Duration(flood.RetryAfter) * time.Second
	case errors.As(err, &move):
		e.verdict, e.words, e.movedTo = moved, move.Message, int64(move.MigrateToChatID)
	case e.is(err, tg.ErrorForbidden, forbidden), e.is(err, tg.ErrorBadRequest, refused),
		e.is(err, tg.ErrorNotFound, refused), e.is(err, tg.ErrorUnauthorized, unauthorized),
		e.is(err, tg.ErrorConflict, conflict):
	case errors.Is(err, errUnknownKind), strings.HasPrefix(err.Error(), "error build request form"):
		e.verdict = refused // before Telegram heard of it; it would be again
	case isClientError(err):
		e.verdict = refused
	case errors.Is(err, context.DeadlineExceeded):
		e.words = "no answer in time"
	case errors.As(err, &network):
		e.words = a.mask(network.Err.Error())
	case strings.HasPrefix(err.Error(), "error decode response result"):
		e.verdict, e.words = taken, "answer not understood"
	case strings.HasPrefix(err.Error(), "error decode response"):
		// The library's text quotes the answer, and with it people's words.
		e.words = "answer not understood"
	}
	return e
}

// isClientError reports whether Telegram refused the request with one of the
// codes from 400 on that the library has no error for, such as 413 for a file
// that is too large.
func isClientError(err error) bool {
	rest, ok := strings.CutPrefix(err.Error(), "error response from telegram for method ")
	_, code, _ := strings.Cut(rest, ", ")
	return ok && strings.HasPrefix(code, "4")
}

// is recognises one of the library's errors, whose text has Telegram's words
// behind its own.
func (e *callError) is(err, kind error, v verdict) bool {
	if !errors.Is(err, kind) {
		return false
	}
	e.verdict, e.words = v, strings.TrimPrefix(e.words, kind.Error()+", ")
	return true
}

// undecodable is the failure of an answer that is no JSON, as a gateway on the
// way gives; or of one by which the call was taken, as far as can be read.
func (a *api) undecodable(method string, status int, ok bool) *callError {
	e := &callError{method: method, words: fmt.Sprintf("answer not understood, HTTP status %d", status)}
	if ok {
		e.verdict = taken
	}
	return e
}

// refusal reads an answer of Telegram that is not OK.
func (a *api) refusal(method string, got answer) *callError {
	e := &callError{method: method, code: got.ErrorCode, words: a.mask(got.Description)}
	switch code := got.ErrorCode; {
	case code == http.StatusTooManyRequests:
		a.meter.Flooded()
		e.verdict, e.retryAfter = flooded, time.Duration(got.Parameters.RetryAfter)*time.Second
	case code == http.StatusConflict:
		e.verdict = conflict
	case code == http.StatusUnauthorized:
		e.verdict = unauthorized
	case code == http.StatusForbidden:
		e.verdict = forbidden
	case code == http.StatusBadRequest && got.Parameters.MigrateToChatID != 0:
		e.verdict, e.movedTo = moved, got.Parameters.MigrateToChatID
	case code >= 400 && code < 500:
		e.verdict = refused
	}
	return e
}

// Telegram has one error code for many things; these are told apart by words
// that its servers have used for years.
var (
	unchangedWords = []string{"message is not modified"}
	goneWords      = []string{
		"message to edit not found", "message can't be edited", "message to be replied not found",
		"message_id_invalid", "message to react not found", "message identifier is not specified",
	}
	tooLargeWords  = []string{"file is too big"}
	webhookWords   = []string{"webhook is active"}
	noWritingWords = []string{
		"chat not found", "group chat was deactivated", "group chat was deleted", "peer_id_invalid",
		"not enough rights to send", "have no rights to send", "chat_write_forbidden",
	}
)

func (e *callError) says(words []string) bool {
	text := strings.ToLower(e.words)
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
