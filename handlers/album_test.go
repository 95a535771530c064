package handlers_test

import (
	"slices"
	"testing"

	"dondoc/internal/botserver"
)

// A command may answer one file of an album, or stand under one and lack
// something that is asked for: the whole album backs the report either way.
func TestAnAlbumStaysTogether(t *testing.T) {
	o := linked(t, "11/01/2024 09:00")
	file := func(name string) *botserver.Upload { return &botserver.Upload{Name: name, Data: []byte("%PDF")} }
	backs := func(task int, want ...string) {
		t.Helper()
		var names []string
		for _, e := range o.occurrence(task, "van-phong", "").Reports[0].Evidence {
			names = append(names, e.FileName)
		}
		if !slices.Equal(names, want) {
			t.Errorf("task %d is backed by %q", task, names)
		}
	}
	ids, err := o.srv.Album(officeHead, officeHead, botserver.Post{File: file("1.pdf")}, botserver.Post{File: file("2.pdf")})
	o.must(err)
	o.set("11/01/2024 09:30")
	o.post(officeHead, in(officeHead), botserver.Post{Text: "/done 15", ReplyTo: ids[1]}, 1)
	backs(15, "1.pdf", "2.pdf")
	question := o.heard(officeHead, func() {
		_, err := o.srv.Album(officeHead, officeHead,
			botserver.Post{Text: "/blocked 26", File: file("3.pdf")}, botserver.Post{File: file("4.pdf")})
		o.must(err)
	})
	o.settle()
	o.set("11/01/2024 09:40")
	o.post(officeHead, in(officeHead), botserver.Post{Text: "chờ kinh phí", ReplyTo: question.ID}, 1)
	backs(26, "3.pdf", "4.pdf")
}
