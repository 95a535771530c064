package bot_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"dondoc/bot"
	"dondoc/internal/chat"
)

const (
	inPrivate = `"date":1710295200,"chat":{"id":101,"type":"private","first_name":"An§"},` +
		`"from":{"id":101,"is_bot":false,"first_name":"An§","last_name":"Nguyễn"}`
	inGroup = `"date":1710295200,"chat":{"id":-100123,"type":"supergroup","title":"Sở§"},` +
		`"from":{"id":101,"is_bot":false,"first_name":"An§"}`
	inForum = `"date":1710295200,"chat":{"id":-100123,"type":"supergroup","title":"Sở§","is_forum":true},` +
		`"from":{"id":101,"is_bot":false,"first_name":"An§"}`
	byBot = `"date":1710295100,"chat":{"id":-100123,"type":"supergroup","title":"Sở§"},` +
		`"from":{"id":1,"is_bot":true,"first_name":"x"}`
	itself  = `"user":{"id":1,"is_bot":true,"first_name":"x"}`
	pressed = `"id":"9","from":{"id":101,"is_bot":false,"first_name":"An§"},"chat_instance":"1","data":"abc"`
)

var (
	written = time.Unix(1710295200, 0)
	an      = chat.Person{ID: 101, Name: "An§"}
	private = chat.Chat{Place: chat.Place{Chat: 101}, Kind: chat.Private}
	office0 = chat.Chat{Place: chat.Place{Chat: -100123}, Kind: chat.Group, Title: "Sở§"}
	before  = chat.Chat{Place: chat.Place{Chat: -5}, Kind: chat.Group, Title: "Sở§"}
)

func inTopic(topic int) chat.Chat {
	c := office0
	c.Forum, c.Topic = true, topic
	return c
}

func TestWhatUpdatesBecome(t *testing.T) {
	nguyen := chat.Person{ID: 101, Name: "An§ Nguyễn"}
	tests := []struct {
		name, update string
		want         chat.Incoming
	}{
		{
			"text", `"message":{"message_id":5,` + inPrivate + `,"text":"/done 15  𝒳§ "}`,
			chat.Incoming{Kind: chat.InMessage, Chat: private, From: nguyen, Message: 5, At: written, Text: "/done 15  𝒳§ "},
		},
		{
			"edited", `"edited_message":{"message_id":5,"edit_date":1710295260,` + inPrivate + `,"text":"§"}`,
			chat.Incoming{
				Kind: chat.InEdited, Chat: private, From: nguyen, Message: 5, At: written.Add(time.Minute), Text: "§",
			},
		},
		{
			"photo with a caption", `"message":{"message_id":5,"media_group_id":"77",` + inPrivate + `,"caption":"§","photo":[` +
				`{"file_id":"small","file_unique_id":"a","width":90,"height":60,"file_size":10},` +
				`{"file_id":"large","file_unique_id":"b","width":900,"height":600,"file_size":1000},` +
				`{"file_id":"mid","file_unique_id":"c","width":300,"height":200,"file_size":100}]}`,
			chat.Incoming{
				Kind: chat.InMessage, Chat: private, From: nguyen, Message: 5, At: written, Text: "§", Album: "77",
				File: &chat.File{ID: "large", Photo: true, Size: 1000},
			},
		},
		{
			"document", `"message":{"message_id":5,` + inPrivate + `,"document":{"file_id":"d","file_unique_id":"u",` +
				`"file_name":"Báo cáo§.pdf","file_size":12345}}`,
			chat.Incoming{
				Kind: chat.InMessage, Chat: private, From: nguyen, Message: 5, At: written,
				File: &chat.File{ID: "d", Name: "Báo cáo§.pdf", Size: 12345},
			},
		},
		{
			"sticker", `"message":{"message_id":5,` + inPrivate + `,"sticker":{"file_id":"d","file_unique_id":"u","type":"regular",` +
				`"width":1,"height":1,"is_animated":false,"is_video":false}}`,
			chat.Incoming{Kind: chat.InOther, Chat: private, From: nguyen, Message: 5, At: written},
		},
		{
			"somebody joined", `"message":{"message_id":5,` + inGroup + `,"new_chat_members":[{"id":7,"is_bot":false,"first_name":"§"}]}`,
			chat.Incoming{Kind: chat.InOther, Chat: office0, From: an, Message: 5, At: written},
		},
		{
			"topic", `"message":{"message_id":5,"message_thread_id":3,"is_topic_message":true,` + inForum + `,"text":"§",` +
				`"reply_to_message":{"message_id":3,` + inForum + `,"forum_topic_created":{"name":"§","icon_color":1}}}`,
			chat.Incoming{Kind: chat.InMessage, Chat: inTopic(3), From: an, Message: 5, At: written, Text: "§"},
		},
		{
			"general topic", `"message":{"message_id":5,"message_thread_id":4,` + inForum + `,"text":"§",` +
				`"reply_to_message":{"message_id":4,` + inForum + `,"text":"§"}}`,
			chat.Incoming{
				Kind: chat.InMessage, Chat: inTopic(0), From: an, Message: 5, At: written, Text: "§",
				ReplyTo: &chat.Reply{Message: 4, From: an},
			},
		},
		{
			"thread outside a forum", `"message":{"message_id":5,"message_thread_id":4,` + inGroup + `,"text":"§",` +
				`"reply_to_message":{"message_id":4,` + byBot + `,"text":"§"}}`,
			chat.Incoming{
				Kind: chat.InMessage, Chat: office0, From: an, Message: 5, At: written, Text: "§",
				ReplyTo: &chat.Reply{Message: 4, From: chat.Person{ID: 1, Name: "x", Bot: true}},
			},
		},
		{
			"reply to a file", `"message":{"message_id":5,` + inGroup + `,"text":"§","reply_to_message":{"message_id":4,` +
				inGroup + `,"media_group_id":"77","document":{"file_id":"d","file_unique_id":"u"}}}`,
			chat.Incoming{
				Kind: chat.InMessage, Chat: office0, From: an, Message: 5, At: written, Text: "§",
				ReplyTo: &chat.Reply{Message: 4, From: an, File: &chat.File{ID: "d"}, Album: "77"},
			},
		},
		{
			"reply to a service message", `"message":{"message_id":5,` + inGroup + `,"text":"§","reply_to_message":{"message_id":4,` +
				inGroup + `,"left_chat_member":{"id":7,"is_bot":false,"first_name":"§"}}}`,
			chat.Incoming{
				Kind: chat.InMessage, Chat: office0, From: an, Message: 5, At: written, Text: "§",
				ReplyTo: &chat.Reply{Message: 4, From: an, Service: true},
			},
		},
		{
			"anonymous admin", `"message":{"message_id":5,"date":1710295200,"chat":{"id":-100123,"type":"supergroup","title":"Sở§"},` +
				`"from":{"id":1087968824,"is_bot":true,"first_name":"Group"},` +
				`"sender_chat":{"id":-100123,"type":"supergroup","title":"Sở§"},"text":"/link§"}`,
			chat.Incoming{
				Kind: chat.InMessage, Chat: office0, Message: 5, At: written, Text: "/link§",
				From: chat.Person{ID: 1087968824, Name: "Group", Anonymous: true, Bot: true},
			},
		},
		{
			"nobody", `"message":{"message_id":5,"date":1710295200,"chat":{"id":-100123,"type":"supergroup","title":"Sở§"},"text":"§"}`,
			chat.Incoming{
				Kind: chat.InMessage, Chat: office0, Message: 5, At: written, Text: "§", From: chat.Person{Anonymous: true},
			},
		},
		{
			"channel", `"channel_post":{"message_id":5,"date":1710295200,"chat":{"id":-100123,"type":"channel","title":"§"},"text":"§"}`,
			chat.Incoming{Kind: chat.InOther},
		},
		{
			"moved", `"message":{"message_id":5,` + inGroup + `,"migrate_to_chat_id":-100999}`,
			chat.Incoming{Kind: chat.InMigrated, Chat: office0, From: an, Message: 5, At: written, MovedTo: -100999},
		},
		{
			"moved here", `"message":{"message_id":5,` + inGroup + `,"migrate_from_chat_id":-5}`,
			chat.Incoming{Kind: chat.InMigrated, Chat: before, From: an, Message: 5, At: written, MovedTo: office0.Chat},
		},
		{
			"removed", `"my_chat_member":{` + inGroup + `,"old_chat_member":{"status":"member",` + itself + `},` +
				`"new_chat_member":{"status":"kicked","until_date":0,` + itself + `}}`,
			chat.Incoming{Kind: chat.InStanding, Chat: office0, From: an, At: written},
		},
		{
			"made an administrator", `"my_chat_member":{` + inGroup + `,"old_chat_member":{"status":"left",` + itself + `},` +
				`"new_chat_member":{"status":"administrator",` + itself + `}}`,
			chat.Incoming{Kind: chat.InStanding, Chat: office0, From: an, At: written, Present: true},
		},
		{
			"silenced", `"my_chat_member":{` + inGroup + `,"old_chat_member":{"status":"member",` + itself + `},` +
				`"new_chat_member":{"status":"restricted","is_member":true,"can_send_messages":false,"until_date":0,` + itself + `}}`,
			chat.Incoming{Kind: chat.InStanding, Chat: office0, From: an, At: written},
		},
		{
			"press", `"callback_query":{` + pressed + `,` +
				`"message":{"message_id":4,"message_thread_id":3,"is_topic_message":true,` + inForum + `,"text":"§"}}`,
			chat.Incoming{
				Kind: chat.InPress, Chat: inTopic(3), From: an, Message: 4, Press: &chat.Press{ID: "9", Button: "abc"},
			},
		},
		{
			"press on an old message", `"callback_query":{` + pressed + `,` +
				`"message":{"message_id":4,"date":0,"chat":{"id":-100123,"type":"supergroup","title":"Sở§"}}}`,
			chat.Incoming{Kind: chat.InPress, Chat: office0, From: an, Message: 4, Press: &chat.Press{ID: "9", Button: "abc"}},
		},
		{
			"press on nothing", `"callback_query":{` + pressed + `}`,
			chat.Incoming{Kind: chat.InOther, From: an, Press: &chat.Press{ID: "9", Button: "abc"}},
		},
	}
	var updates []string
	for i, tt := range tests {
		updates = append(updates, fmt.Sprintf(`{"update_id":%d,%s}`, i+1, tt.update))
	}
	begin := time.Now().Add(-time.Second)
	of, _ := hear(t, updates...)
	of.handler.mu.Lock()
	defer of.handler.mu.Unlock()
	if len(of.handler.seen) != len(tests) {
		t.Fatalf("%d events of %d", len(of.handler.seen), len(tests))
	}
	for i, tt := range tests {
		got := of.handler.seen[i]
		if tt.want.At.IsZero() { // what bears no date counts when it came
			if got.At.Before(begin) || got.At.After(time.Now()) {
				t.Errorf("%s: counts at %v", tt.name, got.At)
			}
			got.At = time.Time{}
		}
		if !got.At.Equal(tt.want.At) {
			t.Errorf("%s: counts at %v, want %v", tt.name, got.At, tt.want.At)
		}
		got.At = tt.want.At
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.name, jsonOf(got), jsonOf(tt.want))
		}
	}
}

func jsonOf(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// FuzzUpdates feeds anything that is JSON: the bot goes on.
func FuzzUpdates(f *testing.F) {
	f.Add(`"message":{"message_id":5,` + inPrivate + `,"text":"/done 15"}`)
	f.Add(`"callback_query":{"id":"9","from":{"id":101},"data":"abc","message":{"message_id":4,"date":0,"chat":{"id":1}}}`)
	f.Add(`"my_chat_member":{"chat":{"id":1},"new_chat_member":{"status":"restricted"}}`)
	f.Add(`"message":null`)
	f.Add(`"message":{"photo":[{}],"reply_to_message":{}}`)
	f.Fuzz(func(t *testing.T, body string) {
		raw := `{"update_id":1,` + body + `}`
		if !json.Valid([]byte(raw)) {
			t.Skip()
		}
		in, ok := bot.Decode([]byte(raw))
		if ok && in.Kind == "" {
			t.Errorf("no kind: %s", raw)
		}
	})
}
