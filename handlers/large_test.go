package handlers_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"dondoc/internal/bench/fill"
	"dondoc/internal/chat"
	"dondoc/storage"
)

// The files of a large office's year are more than the running program makes:
// the figures come alone, with how to make the files.
func TestTheFilesOfALargeOffice(t *testing.T) {
	now := time.Date(2024, time.December, 30, 9, 0, 0, 0, zone)
	db, h := furnished(t, fill.Size{Units: 150}, now)
	in := chat.Incoming{
		Kind: chat.InMessage, Chat: chat.Chat{Place: chat.Place{Chat: fill.Director}, Kind: chat.Private},
		From: chat.Person{ID: fill.Director}, Message: 1, At: now, Text: "/report 2024",
	}
	err := db.Write(t.Context(), func(tx *storage.Tx) error {
		if err := h.Handle(tx, in); err != nil {
			return err
		}
		waits, err := tx.WaitingAfter(0)
		if err != nil || len(waits) != 1 {
			t.Fatalf("%d messages: %v", len(waits), err)
		}
		out, err := tx.TakeMessage(waits[0].ID)
		for _, want := range []string{
			"Báo cáo năm 2024", "Trên số đã đến hạn", "15300 lượt thực hiện, vượt mức 15000 lượt", "dondoc report year --year 2024",
		} {
			if !strings.Contains(out.Text, want) {
				t.Errorf("%q is not in\n%s", want, out.Text)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A refusal in a large office names some of the units that lead a task.
func TestARefusalOfALargeOffice(t *testing.T) {
	now := time.Date(2024, time.March, 13, 9, 0, 0, 0, zone)
	db, h := furnished(t, fill.Size{Units: 150}, now)
	for i, text := range []string{"/done 1", "/return 1 lý do"} {
		in := chat.Incoming{
			Kind: chat.InMessage, Chat: chat.Chat{Place: chat.Place{Chat: fill.Admin}, Kind: chat.Private},
			From: chat.Person{ID: fill.Admin}, Message: i + 1, At: now, Text: text,
		}
		err := db.Write(t.Context(), func(tx *storage.Tx) error {
			if err := h.Handle(tx, in); err != nil {
				return err
			}
			waits, err := tx.WaitingAfter(0)
			if err != nil || len(waits) != 1 {
				t.Fatalf("%s: %d messages: %v", text, len(waits), err)
			}
			out, err := tx.TakeMessage(waits[0].ID)
			if !strings.Contains(out.Text, ", +142") || chat.Length(out.Text) > 600 {
				t.Errorf("%s is refused with\n%s", text, out.Text)
			}
			return errors.Join(err, tx.DropMessage(waits[0].ID))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
