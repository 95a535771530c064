package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"dondoc/internal/chat"
)

// An outcome is what Telegram made of an act.
type outcome struct {
	message int        // the id of the message that it became, if any
	rank    *chat.Rank // of chat.OutAskRank
	data    []byte     // of chat.OutFetch

	standing *chat.Standing // of chat.OutAskStanding; nil if the bot is not there
}

// counts reports whether Telegram's limits count the act. Files are messages;
// answers to presses, reactions, menus and questions are none.
func counts(kind chat.OutgoingKind) bool {
	switch kind {
	case chat.OutSend, chat.OutEdit, chat.OutUnbutton, chat.OutDocument, chat.OutPhoto, chat.OutCompose:
		return true
	case chat.OutAnswer, chat.OutReact, chat.OutMenu, chat.OutAskRank, chat.OutAskStanding, chat.OutFetch:
	}
	return false
}

// asks reports whether the act is nothing but a question.
func asks(kind chat.OutgoingKind) bool {
	return kind == chat.OutAskRank || kind == chat.OutAskStanding || kind == chat.OutFetch
}

// perform calls the method that the act is. Its errors are *callError. A panic
// of the library is final, or the same message would end the process again at
// each start.
func (a *api) perform(ctx context.Context, out chat.Outgoing) (result outcome, err error) {
	defer func() {
		if v := recover(); v != nil {
			result, err = outcome{}, &callError{
				method: string(out.Kind), verdict: refused, words: fmt.Sprintf("panic: %T", v),
			}
		}
	}()
	timeout := callTimeout
	if len(out.Data) > 0 || out.Kind == chat.OutFetch {
		timeout = fileTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	method, result, err := a.call(ctx, out)
	if err == nil {
		return result, nil
	}
	f := a.failure(method, err)
	if f.verdict == taken && !asks(out.Kind) {
		return outcome{}, nil
	}
	return outcome{}, f
}

var mentions = strings.NewReplacer(`<person id="`, `<a href="tg://user?id=`, "</person>", "</a>")

// linked makes of mentions the links by which Telegram tells somebody that he is
// named.
func linked(text string) string {
	if !strings.Contains(text, "<person ") { // as nearly always
		return text
	}
	return mentions.Replace(text)
}

var errUnknownKind = errors.New("no method for this kind of act")

func (a *api) call(ctx context.Context, out chat.Outgoing) (method string, result outcome, err error) {
	switch out.Kind {
	case chat.OutSend:
		result, err = a.sendMessage(ctx, &tg.SendMessageParams{
			ChatID: out.To.Chat, MessageThreadID: out.To.Topic, Text: linked(out.Text), ParseMode: models.ParseModeHTML,
			LinkPreviewOptions: noPreview(), DisableNotification: out.Silent,
			ReplyParameters: replyTo(out), ReplyMarkup: markup(out),
		})
		return "sendMessage", result, err
	case chat.OutDocument:
		m, err := a.lib.SendDocument(ctx, &tg.SendDocumentParams{
			ChatID: out.To.Chat, MessageThreadID: out.To.Topic, Caption: out.Text, ParseMode: models.ParseModeHTML,
			Document:            &models.InputFileUpload{Filename: out.Name, Data: bytes.NewReader(out.Data)},
			DisableNotification: out.Silent, ReplyParameters: replyTo(out), ReplyMarkup: markup(out),
		})
		return "sendDocument", sent(m), err
	case chat.OutPhoto:
		m, err := a.lib.SendPhoto(ctx, &tg.SendPhotoParams{
			ChatID: out.To.Chat, MessageThreadID: out.To.Topic, Caption: out.Text, ParseMode: models.ParseModeHTML,
			Photo:               &models.InputFileUpload{Filename: out.Name, Data: bytes.NewReader(out.Data)},
			DisableNotification: out.Silent, ReplyParameters: replyTo(out), ReplyMarkup: markup(out),
		})
		return "sendPhoto", sent(m), err
	case chat.OutEdit:
		_, err := a.lib.EditMessageText(ctx, &tg.EditMessageTextParams{
			ChatID: out.To.Chat, MessageID: out.Message, Text: out.Text, ParseMode: models.ParseModeHTML,
			LinkPreviewOptions: noPreview(), ReplyMarkup: markup(out),
		})
		return "editMessageText", outcome{}, err
	default:
		return a.callQuiet(ctx, out)
	}
}

// callQuiet makes the calls that put no words into a chat.
func (a *api) callQuiet(ctx context.Context, out chat.Outgoing) (method string, result outcome, err error) {
	switch out.Kind {
	case chat.OutUnbutton:
		_, err = a.lib.EditMessageReplyMarkup(ctx, &tg.EditMessageReplyMarkupParams{
			ChatID: out.To.Chat, MessageID: out.Message,
		})
		return "editMessageReplyMarkup", outcome{}, err
	case chat.OutAnswer:
		_, err = a.lib.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{
			CallbackQueryID: out.Press, Text: out.Text, ShowAlert: out.Alert,
		})
		return "answerCallbackQuery", outcome{}, err
	case chat.OutReact:
		_, err = a.lib.SetMessageReaction(ctx, &tg.SetMessageReactionParams{
			ChatID: out.To.Chat, MessageID: out.Message, Reaction: reaction(out.Sign),
		})
		return "setMessageReaction", outcome{}, err
	case chat.OutMenu:
		return a.setMenu(ctx, out)
	case chat.OutAskRank:
		m, err := a.lib.GetChatMember(ctx, &tg.GetChatMemberParams{ChatID: out.To.Chat, UserID: out.Person})
		if err != nil {
			return "getChatMember", outcome{}, err
		}
		admin := m.Type == models.ChatMemberTypeOwner || m.Type == models.ChatMemberTypeAdministrator
		return "getChatMember", outcome{rank: &chat.Rank{Admin: admin, Known: true}}, nil
	case chat.OutAskStanding:
		return a.askStanding(ctx, out.To.Chat)
	case chat.OutFetch:
		data, err := a.fetch(ctx, out.File)
		return "getFile", outcome{data: data}, err
	default:
		return string(out.Kind), outcome{}, errUnknownKind
	}
}

// askStanding asks who the bot is in a group, and whether it is one that hears
// everything said in groups, which administrators do in any case (Bot API,
// "Privacy mode").
func (a *api) askStanding(ctx context.Context, group int64) (method string, result outcome, err error) {
	me, err := a.lib.GetMe(ctx)
	if err != nil {
		return "getMe", outcome{}, err
	}
	m, err := a.lib.GetChatMember(ctx, &tg.GetChatMemberParams{ChatID: group, UserID: me.ID})
	if err != nil || !canWrite(m) {
		return "getChatMember", outcome{}, err
	}
	admin := m.Type == models.ChatMemberTypeOwner || m.Type == models.ChatMemberTypeAdministrator
	return "getChatMember", outcome{
		standing: &chat.Standing{Admin: admin, HearsAll: admin || me.CanReadAllGroupMessages},
	}, nil
}

func (a *api) setMenu(ctx context.Context, out chat.Outgoing) (method string, result outcome, err error) {
	var scope models.BotCommandScope = &models.BotCommandScopeDefault{}
	switch {
	case out.Person != 0 && out.To.Chat != 0:
		scope = &models.BotCommandScopeChatMember{ChatID: out.To.Chat, UserID: out.Person}
	case out.To.Chat != 0:
		scope = &models.BotCommandScopeChat{ChatID: out.To.Chat}
	}
	if len(out.Menu) == 0 {
		_, err = a.lib.DeleteMyCommands(ctx, &tg.DeleteMyCommandsParams{Scope: scope})
		return "deleteMyCommands", outcome{}, err
	}
	commands := make([]models.BotCommand, len(out.Menu))
	for i, item := range out.Menu {
		commands[i] = models.BotCommand{Command: item.Command, Description: item.Description}
	}
	_, err = a.lib.SetMyCommands(ctx, &tg.SetMyCommandsParams{Commands: commands, Scope: scope})
	return "setMyCommands", outcome{}, err
}

func sent(m *models.Message) outcome {
	if m == nil {
		return outcome{}
	}
	return outcome{message: m.ID}
}

func noPreview() *models.LinkPreviewOptions {
	return &models.LinkPreviewOptions{IsDisabled: tg.True()}
}

// replyTo names the message that is answered; if somebody deletes it first,
// the answer goes out all the same.
func replyTo(out chat.Outgoing) *models.ReplyParameters {
	if out.ReplyTo == 0 {
		return nil
	}
	return &models.ReplyParameters{MessageID: out.ReplyTo, AllowSendingWithoutReply: true}
}

func reaction(sign string) []models.ReactionType {
	if sign == "" {
		return nil
	}
	return []models.ReactionType{{
		Type: models.ReactionTypeTypeEmoji, ReactionTypeEmoji: &models.ReactionTypeEmoji{Emoji: sign},
	}}
}

// maxPlaceholder is the length of a reply field's placeholder (Bot API,
// ForceReply).
const maxPlaceholder = 64

// markup returns the buttons, or the request for a reply: a message has room
// for one of them. It returns an untyped nil for neither, which the library
// leaves out.
func markup(out chat.Outgoing) models.ReplyMarkup {
	var rows [][]models.InlineKeyboardButton
	for _, row := range out.Buttons {
		var line []models.InlineKeyboardButton
		for _, b := range row {
			line = append(line, models.InlineKeyboardButton{Text: b.Label, URL: b.URL, CallbackData: b.ID})
		}
		if len(line) > 0 {
			rows = append(rows, line)
		}
	}
	switch {
	case len(rows) > 0:
		return &models.InlineKeyboardMarkup{InlineKeyboard: rows}
	case out.Ask != "" && out.Kind != chat.OutEdit: // an edit takes buttons alone
		return &models.ForceReply{
			ForceReply: true, Selective: true, InputFieldPlaceholder: cut(out.Ask, maxPlaceholder),
		}
	}
	return nil
}

// cut returns the longest beginning of s of at most n UTF-16 units.
func cut(s string, n int) string {
	for i, r := range s {
		if n -= utf16.RuneLen(r); n < 0 {
			return s[:i]
		}
	}
	return s
}
