package export

import (
	"dondoc/internal/plan"
	"dondoc/storage"
)

type unit struct {
	Code       string        `json:"code"`
	Name       string        `json:"name"`
	Kind       plan.UnitKind `json:"kind"`
	ChatID     *int64        `json:"chat_id"`               // null while no chat is linked
	Topic      int           `json:"topic,omitempty"`       // of a forum group
	MergedInto string        `json:"merged_into,omitempty"` // code of the unit that took over
}

type person struct {
	ID    int64    `json:"id"`
	Name  string   `json:"name"` // "" once the person was removed
	Role  string   `json:"role"` // admin, director, head or ""
	Units []string `json:"units"`
}

// roleHead stands for whoever heads a unit and has no other role.
const roleHead = "head"

// unitsOf returns the units in the order of the roster, then those that others
// took over.
func unitsOf(s *storage.Snapshot, merged []storage.MergedUnit) []unit {
	out := make([]unit, 0, len(s.Roster.Units)+len(merged))
	for _, u := range s.Roster.Units {
		place := s.Chats[u.Code]
		out = append(out, unit{
			Code: u.Code, Name: u.Name, Kind: u.Kind, ChatID: orNull(place.Chat), Topic: place.Topic,
		})
	}
	for _, u := range merged {
		out = append(out, unit{Code: u.Code, Name: u.Name, Kind: u.Kind, MergedInto: u.Into})
	}
	return out
}

func peopleOf(known []plan.Person) []person {
	out := make([]person, len(known))
	for i, p := range known {
		role := string(p.Role)
		if p.Role == plan.NoRole && len(p.Units) > 0 {
			role = roleHead
		}
		out[i] = person{ID: p.ID, Name: p.Name, Role: role, Units: notNull(p.Units)}
	}
	return out
}
