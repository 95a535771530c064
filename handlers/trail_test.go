package handlers_test

import (
	"fmt"
	"slices"
	"testing"

	"dondoc/internal/botserver"
)

// TestRolesAndLinksLeaveATrail says who did what to whom and where, without a
// name.
func TestRolesAndLinksLeaveATrail(t *testing.T) {
	o := open(t, "11/03/2024 09:00")
	o.post(adminID, in(officeChat), botserver.Post{Text: "/link van-phong"}, 2)
	o.post(adminID, o.insp(), botserver.Post{Text: "/link thanh-tra"}, 2)
	o.appoint(officeHead, in(officeChat), "/head")
	o.appoint(directorID, in(leaderChat), "/role director")
	o.appoint(directorID, in(leaderChat), "/role none")
	o.appoint(adminID, in(officeChat), "/role none") // refused: nobody would be left
	o.appoint(memberID, in(officeChat), "/head p-qlxd")
	o.expect(adminID, in(officeChat), "/unlink van-phong", "Văn phòng Sở")
	o.press(adminID, o.expect(adminID, in(adminID), "/units van-phong", "Thôi đầu mối"), "Thôi đầu mối: Trần Văn Bình")
	want := []string{
		"1001 link van-phong -2001",
		fmt.Sprintf("1001 link thanh-tra -1002000000003/%d", o.topic),
		"1001 head van-phong 1003",
		"1001 role director 1002",
		"1001 role none 1002",
		"1001 unlink van-phong -2001",
		"1001 drop_head van-phong 1003",
	}
	if got := o.trail(); !slices.Equal(got, want) {
		t.Errorf("the trail is\n%q, want\n%q", got, want)
	}
}
