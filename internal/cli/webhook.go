package cli

import (
	"cmp"
	"net/url"
	"regexp"

	"dondoc/bot"
	"dondoc/internal/app"
)

//nolint:gosec // G101: names of variables, no secrets
const (
	webhookVariable    = "DONDOC_WEBHOOK_URL"
	secretVariable     = "DONDOC_WEBHOOK_SECRET"
	secretFileVariable = "DONDOC_WEBHOOK_SECRET_FILE"
)

// A webhookURL is where Telegram delivers updates; "" for nowhere.
type webhookURL string

// webhookPath is what the path may be made of: plain segments, which no proxy
// and no router reads in another way.
var webhookPath = regexp.MustCompile(`^(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$`)

// UnmarshalText reads an https address with a path, "" as none.
func (w *webhookURL) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*w = ""
		return nil
	}
	u, err := url.Parse(string(text))
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" ||
		!webhookPath.MatchString(u.EscapedPath()) {
		return wrongValue(text, "an https address with a path is expected, such as https://bot.example.vn/telegram")
	}
	if app.IsOwnPath(u.Path) {
		return wrongValue(text, "the program answers on this path itself; choose another")
	}
	*w = webhookURL(text)
	return nil
}

// What Telegram takes for a secret (Bot API, setWebhook). The length is no part
// of the expression, which would be as many times as large.
const longestSecret = 256

var secretLetters = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// webhook returns what updates are delivered by, nil if they are fetched: both
// the address and the secret are needed, or neither. The secret is kept out of
// the log from then on.
func (p *program) webhook() (*bot.Webhook, error) {
	secret, source, err := readSecret(secretVariable, secretFileVariable)
	address := string(p.settings.WebhookURL)
	switch {
	case err != nil:
		return nil, err
	case address == "" && secret == "":
		return nil, nil //nolint:nilnil // neither is set, which is no error
	case address == "":
		return nil, unusable("%s is set without %s; set both or neither", source, webhookVariable)
	case secret == "":
		return nil, unusable("%s is set without %s; set both or neither", webhookVariable, secretVariable)
	case len(secret) > longestSecret || !secretLetters.MatchString(secret):
		return nil, unusable("%s must be 1 to 256 of the characters A-Z, a-z, 0-9, _ and -", cmp.Or(source, secretVariable))
	}
	p.secrets.Add(secret)
	return &bot.Webhook{URL: address, Secret: secret}, nil
}
