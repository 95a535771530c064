package botserver

import (
	"encoding/json"
	"net/http"
	"strings"
)

// A handler answers one method. It holds the server's lock.
type handler func(w *World, q *request) (any, error)

const methodGetUpdates = "getUpdates"

// table lists the methods by their lower-case name; Telegram takes any case.
func (s *Server) table() map[string]handler {
	names := map[string]handler{
		"getMe":                  (*World).getMe,
		"setWebhook":             (*World).setWebhook,
		"deleteWebhook":          (*World).deleteWebhook,
		"getWebhookInfo":         (*World).getWebhookInfo,
		"sendMessage":            (*World).sendMessage,
		"sendDocument":           (*World).sendDocument,
		"sendPhoto":              (*World).sendPhoto,
		"copyMessage":            (*World).copyMessage,
		"sendChatAction":         (*World).sendChatAction,
		"editMessageText":        (*World).editMessageText,
		"editMessageCaption":     (*World).editMessageCaption,
		"editMessageReplyMarkup": (*World).editMessageReplyMarkup,
		"deleteMessage":          (*World).deleteMessage,
		"setMessageReaction":     (*World).setMessageReaction,
		"answerCallbackQuery":    s.answerCallbackQuery,
		"setMyCommands":          (*World).setMyCommands,
		"deleteMyCommands":       (*World).deleteMyCommands,
		"getMyCommands":          (*World).getMyCommands,
		"setMyName":              setProfile("name", 64),
		"setMyDescription":       setProfile("description", 512),
		"setMyShortDescription":  setProfile("short_description", 120),
		"getChat":                (*World).getChat,
		"getChatMember":          (*World).getChatMember,
		"getChatAdministrators":  (*World).getChatAdministrators,
		"getChatMemberCount":     (*World).getChatMemberCount,
		"leaveChat":              (*World).leaveChat,
		"getFile":                (*World).getFile,
	}
	out := make(map[string]handler, len(names))
	for name, h := range names {
		out[strings.ToLower(name)] = h
	}
	return out
}

// An outcome is how a call ended.
type outcome struct {
	result json.RawMessage
	err    error
}

func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request, method string) {
	q, err := readRequest(r, method)
	if err != nil {
		writeError(w, err)
		return
	}
	c := s.arrive(q)
	f := s.faults.decide(q)
	if f != nil && !f.After && f.Kind != FaultSlow && f.Kind != FaultRedeliver {
		s.depart(c, f, outcome{err: f.failure()})
		f.strike(w)
		return
	}
	out := s.run(r, q, f)
	if f != nil && f.After {
		s.depart(c, f, out)
		f.strike(w)
		return
	}
	s.depart(c, f, out)
	if f != nil && f.Kind == FaultSlow {
		f.delay(r.Context())
	}
	if out.err != nil {
		writeError(w, out.err)
		return
	}
	writeJSON(w, http.StatusOK, response{OK: true, Result: out.result})
}

// run lets the call have its effect.
func (s *Server) run(r *http.Request, q *request, f *Fault) outcome {
	var result any
	var err error
	if strings.EqualFold(q.method, methodGetUpdates) {
		result, err = s.getUpdates(r.Context(), q, f)
	} else {
		h, known := s.methods[strings.ToLower(q.method)]
		if !known {
			return outcome{err: errNotFound()}
		}
		err = s.act(func(w *World) error {
			if wait := w.meter.exceeded(s.limits, q, w.network()); wait > 0 {
				return tooMany(wait)
			}
			var err error
			result, err = h(w, q)
			return err
		})
	}
	if err != nil {
		return outcome{err: err}
	}
	raw, err := json.Marshal(result)
	return outcome{result: raw, err: err}
}
