package botserver

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// An object is a JSON object whose fields are read one by one, so that a wrong
// one is named as Telegram names it.
type object map[string]json.RawMessage

// A fieldError is a field's fault in Telegram's words, which begin with a
// capital letter unless they begin the whole description.
type fieldError struct{ why string }

func (e *fieldError) Error() string { return e.why }

// parseObject returns nil without an error for JSON that is no object.
func parseObject(s string) (object, error) {
	raw := json.RawMessage(s)
	if !json.Valid(raw) {
		return nil, &fieldError{"Can't parse JSON object"}
	}
	var o object
	if json.Unmarshal(raw, &o) != nil {
		return nil, nil
	}
	return o, nil
}

func (o object) has(name string) bool {
	raw, ok := o[name]
	return ok && string(raw) != "null"
}

func (o object) text(name string) (string, error) {
	if !o.has(name) {
		return "", nil
	}
	var s string
	if json.Unmarshal(o[name], &s) != nil {
		// Telegram takes numbers where it expects text.
		if c := o[name][0]; c == '-' || '0' <= c && c <= '9' {
			return string(o[name]), nil
		}
		return "", &fieldError{`Field "` + name + `" must be of type String`}
	}
	return s, nil
}

func (o object) boolean(name string) (bool, error) {
	if !o.has(name) {
		return false, nil
	}
	var b bool
	if json.Unmarshal(o[name], &b) != nil {
		return false, &fieldError{`Field "` + name + `" must be of type Boolean`}
	}
	return b, nil
}

func (o object) integer(name string) (int, error) {
	if !o.has(name) {
		return 0, nil
	}
	var n int
	text := strings.Trim(string(o[name]), `"`) // numbers may come as text
	if json.Unmarshal([]byte(text), &n) != nil {
		return 0, &fieldError{`Field "` + name + `" must be a valid Number`}
	}
	return n, nil
}

func (o object) array(name string) ([]json.RawMessage, error) {
	if !o.has(name) {
		return nil, nil
	}
	var list []json.RawMessage
	if json.Unmarshal(o[name], &list) != nil {
		return nil, &fieldError{`Field "` + name + `" must be of type Array`}
	}
	return list, nil
}

// actions returns which actions an inline button has; empty texts are none.
func (o object) actions() ([]string, error) {
	var out []string
	for _, name := range []string{"url", "callback_data"} {
		s, err := o.text(name)
		if err != nil {
			return nil, err
		}
		if s != "" {
			out = append(out, name)
		}
	}
	for _, name := range []string{
		"callback_game", "pay", "switch_inline_query", "switch_inline_query_chosen_chat",
		"switch_inline_query_current_chat", "login_url", "web_app", "copy_text",
	} {
		if o.has(name) {
			out = append(out, name)
		}
	}
	return out, nil
}

func lowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return strings.ToLower(string(r)) + s[size:]
}
