package plan

import "slices"

// A Role is what somebody may do beyond what the chats and units give.
type Role string

// The roles.
const (
	NoRole   Role = ""
	Admin    Role = "admin"    // the office that runs the plan
	Director Role = "director" // reads all
)

// A Person is somebody whom the office let in. People are known by id, never
// by a name that they can change.
type Person struct {
	ID    int64
	Name  string
	Role  Role
	Units []string // codes of the units that the person is head of
	Lang  string
}

// Heads reports whether the person is head (đầu mối) of the unit.
func (p *Person) Heads(unit string) bool { return slices.Contains(p.Units, unit) }
