package tryout

import (
	"fmt"
	"strings"

	"dondoc/internal/botserver"
	"dondoc/internal/plan"
)

// The people's accounts. Heads follow firstHeadID and groups go down from
// firstGroupID, both in the roster's order, so that they are the same in every
// round.
const (
	adminID    int64 = 1001
	directorID int64 = 1002
	memberID   int64 = 1003
	strangerID int64 = 1004

	firstHeadID  int64 = 1101
	firstGroupID int64 = -1_001_000_000_001
)

// A person is somebody whom the visitor can write as.
type person struct {
	ID    int64  `json:"id"`
	Name  string `json:"name"`
	Title string `json:"title"` // what the person is in the office
	Role  string `json:"role"`  // the same in a word or two
}

// A unitChat is the group of a unit, with its head.
type unitChat struct {
	unit plan.Unit
	chat int64
	head int64
}

// A cast is the people and groups of the try-out.
type cast struct {
	people []person
	groups []unitChat
}

// newCast gives every unit of the roster a head and a group.
func newCast(roster *plan.Roster) *cast {
	c := &cast{people: []person{
		{adminID, "Nguyễn Thị Minh Hà", "chuyên viên Văn phòng Sở, quản trị", "quản trị"},
		{directorID, "Trần Quốc Bình", "Giám đốc Sở", "giám đốc"},
	}}
	for i, u := range roster.Units {
		g := unitChat{unit: u, chat: firstGroupID - int64(i), head: firstHeadID + int64(i)}
		c.groups = append(c.groups, g)
		c.people = append(c.people, person{g.head, headName(i), "đầu mối " + u.ShortName(), u.ShortName()})
	}
	c.people = append(c.people,
		person{memberID, "Đỗ Thanh Tùng", "công chức, thành viên các nhóm", "thành viên"},
		person{strangerID, "Mai Thị Ngọc", "người ngoài cơ quan", "người ngoài"})
	return c
}

// headName returns the sample name of the i-th head; after the list ends, its
// names come again with a number.
func headName(i int) string {
	names := [...]string{
		"Lê Văn Phúc", "Phạm Thị Hương", "Hoàng Minh Đức", "Vũ Thị Lan Anh", "Bùi Xuân Trường", "Đặng Quang Huy",
		"Ngô Thị Thu Trang", "Dương Hoàng Nam", "Lý Thị Kim Oanh", "Phan Đình Khải", "Huỳnh Thị Bích Ngọc",
	}
	name := names[i%len(names)]
	if turn := i / len(names); turn > 0 {
		name = fmt.Sprintf("%s %d", name, turn+1)
	}
	return name
}

// enter makes the accounts and the groups, the bot in each of them.
func (c *cast) enter(s *botserver.Server) error {
	for _, p := range c.people {
		before, last := splitName(p.Name)
		if err := s.AddUser(botserver.User{ID: p.ID, FirstName: before, LastName: last, Language: "vi"}); err != nil {
			return fmt.Errorf("make the people: %w", err)
		}
	}
	for _, g := range c.groups {
		members := []int64{g.head, memberID}
		if c.leadership(g) {
			members = append(members, directorID)
		}
		group := botserver.Group{ID: g.chat, Title: g.unit.Name, Owner: adminID, Members: members}
		if err := s.AddGroup(group); err != nil {
			return fmt.Errorf("make the groups: %w", err)
		}
		if err := s.AddMember(adminID, g.chat, s.Bot().ID); err != nil {
			return fmt.Errorf("add the bot to the groups: %w", err)
		}
	}
	return nil
}

// leadership reports whether the group is that of the department's leaders, of
// whom the director is one.
func (*cast) leadership(g unitChat) bool { return g.unit.Kind == plan.UnitLeadership }

// letIn has the admin add the stranger to a group in which the stranger is about
// to speak: nobody speaks in a group without being in it.
func (*cast) letIn(s *botserver.Server, user, chat int64) error {
	if user != strangerID || chat > 0 {
		return nil
	}
	if err := s.AddMember(adminID, chat, user); err != nil {
		return fmt.Errorf("let the stranger in: %w", err)
	}
	return nil
}

// chatName is what the chat is called for short.
func (c *cast) chatName(chat int64) string {
	for _, g := range c.groups {
		if g.chat == chat {
			return g.unit.ShortName()
		}
	}
	for _, p := range c.people {
		if p.ID == chat {
			return p.Name
		}
	}
	return ""
}

// splitName parts a Vietnamese name before its last word. Accounts have two
// names, which are shown one after the other.
func splitName(name string) (before, last string) {
	i := strings.LastIndex(name, " ")
	return name[:i], name[i+1:]
}
