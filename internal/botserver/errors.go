package botserver

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// Errors of acts that no person could do; see the methods that return them.
var (
	ErrNoUser     = errors.New("no such user")
	ErrNoChat     = errors.New("no such chat")
	ErrNoMessage  = errors.New("no such message")
	ErrNoTopic    = errors.New("no such topic")
	ErrNoButton   = errors.New("no such button under the message")
	ErrNotMember  = errors.New("not a member of the chat")
	ErrNotAllowed = errors.New("not allowed in this chat")
	ErrTaken      = errors.New("id is taken")
	ErrBadLink    = errors.New("not a link to the bot")
)

// An apiError is a call's failure as the Bot API tells it.
type apiError struct {
	Code        int
	Description string
	RetryAfter  int   // seconds
	MigrateTo   int64 // chat id
}

func (e *apiError) Error() string { return fmt.Sprintf("%d %s", e.Code, e.Description) }

func badRequest(format string, args ...any) error {
	return &apiError{Code: http.StatusBadRequest, Description: "Bad Request: " + fmt.Sprintf(format, args...)}
}

func forbidden(what string) error {
	return &apiError{Code: http.StatusForbidden, Description: "Forbidden: " + what}
}

func conflict(what string) error {
	return &apiError{Code: http.StatusConflict, Description: "Conflict: " + what}
}

func tooMany(retryAfter int) error {
	return &apiError{
		Code:        http.StatusTooManyRequests,
		Description: fmt.Sprintf("Too Many Requests: retry after %d", retryAfter),
		RetryAfter:  retryAfter,
	}
}

func migrated(to int64) error {
	return &apiError{
		Code:        http.StatusBadRequest,
		Description: "Bad Request: group chat was upgraded to a supergroup chat",
		MigrateTo:   to,
	}
}

func errNotFound() error { return &apiError{Code: http.StatusNotFound, Description: "Not Found"} }

func errUnauthorized() error {
	return &apiError{Code: http.StatusUnauthorized, Description: "Unauthorized"}
}

func errTooLarge() error {
	return &apiError{Code: http.StatusRequestEntityTooLarge, Description: "Request Entity Too Large"}
}

// asAPI returns err as what the client is told.
func asAPI(err error) *apiError {
	if e, ok := errors.AsType[*apiError](err); ok {
		return e
	}
	return &apiError{Code: http.StatusInternalServerError, Description: "Internal Server Error: " + err.Error()}
}

type responseParameters struct {
	RetryAfter int   `json:"retry_after,omitempty"`
	MigrateTo  int64 `json:"migrate_to_chat_id,omitempty"`
}

type response struct {
	OK          bool                `json:"ok"`
	Result      any                 `json:"result,omitempty"`
	ErrorCode   int                 `json:"error_code,omitempty"`
	Description string              `json:"description,omitempty"`
	Parameters  *responseParameters `json:"parameters,omitempty"`
}

func failure(err error) (status int, body response) {
	e := asAPI(err)
	body = response{ErrorCode: e.Code, Description: e.Description}
	if e.RetryAfter != 0 || e.MigrateTo != 0 {
		body.Parameters = &responseParameters{RetryAfter: e.RetryAfter, MigrateTo: e.MigrateTo}
	}
	return e.Code, body
}

func writeError(w http.ResponseWriter, err error) {
	status, body := failure(err)
	writeJSON(w, status, body)
}

func writeJSON(w http.ResponseWriter, status int, body response) {
	w.Header().Set("Content-Type", "application/json")
	if body.Parameters != nil && body.Parameters.RetryAfter > 0 {
		w.Header().Set("Retry-After", fmt.Sprint(body.Parameters.RetryAfter))
	}
	w.WriteHeader(status)
	// A client that has gone away is no fault of the call.
	_ = json.NewEncoder(w).Encode(body)
}
