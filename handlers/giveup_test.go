package handlers_test

import (
	"strings"
	"testing"

	"dondoc/internal/chat"
	"dondoc/storage"
)

// TestPeopleAreToldOfWhatCannotBeHandled: whoever turned to the bot hears that
// it failed; talk in a group and strangers do not.
func TestPeopleAreToldOfWhatCannotBeHandled(t *testing.T) {
	d := newDesk(t)
	reply := func(in chat.Incoming, bot bool) chat.Incoming {
		in.ReplyTo = &chat.Reply{Message: 7, From: chat.Person{ID: 9, Bot: bot}}
		return in
	}
	press := d.event(officeHead, group(officeChat, 0), "")
	press.Kind, press.Press = chat.InPress, &chat.Press{ID: "press"}
	file := d.event(adminID, private(adminID), "")
	file.Kind = chat.InFile
	for name, tt := range map[string]struct {
		in   chat.Incoming
		told bool
	}{
		"a command":               {d.event(officeHead, group(officeChat, 0), "/done 17"), true},
		"a member's command":      {d.event(memberID, group(officeChat, 0), "/viec"), true},
		"a reply to the bot":      {reply(d.event(officeHead, group(officeChat, 0), "chờ văn bản"), true), true},
		"a reply to a person":     {reply(d.event(officeHead, group(officeChat, 0), "đồng ý"), false), false},
		"talk":                    {d.event(officeHead, group(officeChat, 0), "chào"), false},
		"words in private":        {d.event(officeHead, private(officeHead), "chờ văn bản"), true},
		"a stranger's":            {d.event(strangerID, private(strangerID), "/done 17"), false},
		"a stranger's in a group": {d.event(strangerID, group(otherChat, 0), "/done 17"), false},
		"a press":                 {press, true},
		"a file":                  {file, true},
	} {
		var said saying
		d.write(func(tx *storage.Tx) error {
			var last int64
			left, err := tx.WaitingAfter(0)
			if err != nil {
				return err
			}
			for _, w := range left {
				last = w.ID
			}
			if err := d.h.GiveUp(tx, tt.in); err != nil {
				return err
			}
			return d.take(tx, last, &said)
		})
		if told := strings.Contains(said.text(), "lỗi hệ thống"); told != tt.told || len(said.outs) > 1 {
			t.Errorf("%s: told %v, want %v: %q", name, told, tt.told, said.text())
		}
	}
}
