package plan

// A UnitKind groups units for collectives.
type UnitKind string

// The kinds of units, as the units file names them.
const (
	UnitOffice      UnitKind = "van_phong"  // the office that runs the plan
	UnitInspection  UnitKind = "thanh_tra"  // inspectorate
	UnitDivision    UnitKind = "phong_cm"   // specialised division
	UnitSubordinate UnitKind = "truc_thuoc" // subordinate unit
	UnitTeam        UnitKind = "to"         // team across divisions
	UnitOneStop     UnitKind = "mot_cua"    // officials at the one-stop desk
	UnitLeadership  UnitKind = "lanh_dao"   // the department's leaders
	UnitCollective  UnitKind = "nhom"       // a name for several units
)

// UnitKinds lists the kinds that a unit itself may have.
func UnitKinds() []UnitKind {
	return []UnitKind{
		UnitOffice, UnitInspection, UnitDivision, UnitSubordinate, UnitTeam, UnitOneStop, UnitLeadership,
	}
}

// A Unit answers for tasks.
type Unit struct {
	Code    string // stable: a-z, 0-9 and hyphens
	Name    string
	Short   string // for lists on a phone; Name if empty
	Kind    UnitKind
	Aliases []string
}

// ShortName returns the name for lists.
func (u Unit) ShortName() string {
	if u.Short != "" {
		return u.Short
	}
	return u.Name
}

// A Collective is a name that stands for several units.
type Collective struct {
	Code    string
	Name    string
	Aliases []string
	Members []string // unit codes or unit kinds
}
