package plan

// Names are what units and people are called, those that are gone among them.
type Names struct {
	Units  map[string]Unit
	People map[int64]string // without those whose name was removed
}

// Unit returns the unit with the code, one that is named by it if it is not
// known any more.
func (n *Names) Unit(code string) Unit {
	if u, ok := n.Units[code]; ok {
		return u
	}
	return Unit{Code: code, Name: code}
}
