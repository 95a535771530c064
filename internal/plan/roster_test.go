package plan_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"dondoc/internal/plan"
)

func testRoster(t testing.TB) *plan.Roster {
	t.Helper()
	r, err := plan.NewRoster([]plan.Unit{
		{Code: "van-phong", Name: "Văn phòng Sở", Kind: plan.UnitOffice, Aliases: []string{"Văn phòng"}},
		{Code: "thanh-tra", Name: "Thanh tra xây dựng", Kind: plan.UnitInspection, Aliases: []string{"Thanh tra XD"}},
		{Code: "to-tthc", Name: "Tổ Kiểm soát TTHC", Kind: plan.UnitTeam, Aliases: []string{"Tổ Kiểm soát TTHC của Sở"}},
		{
			Code: "mot-cua", Name: "Bộ phận Một cửa", Kind: plan.UnitOneStop,
			Aliases: []string{"Công chức phụ trách công tác tiếp nhận, trả kết quả tại bộ phận một cửa"},
		},
		{Code: "p-qhkt", Name: "Phòng Quy hoạch - Kiến trúc", Short: "P. QHKT", Kind: plan.UnitDivision},
		{Code: "p-qln", Name: "Phòng Quản lý nhà và thị trường bất động sản", Kind: plan.UnitDivision},
		{Code: "tt-qhkd", Name: "Trung tâm Quy hoạch - Kiểm định xây dựng", Kind: plan.UnitSubordinate},
		{Code: "p-to", Name: "Phòng Tổ", Kind: plan.UnitOffice},
		{Code: "p-to-2", Name: "Phòng Tố", Kind: plan.UnitOffice},
	}, []plan.Collective{
		{
			Code: "cac-phong-don-vi", Name: "Các phòng CM, đơn vị trực thuộc Sở",
			Members: []string{"phong_cm", "truc_thuoc"},
		},
		{Code: "cac-don-vi", Name: "Các đơn vị trực thuộc Sở", Members: []string{"truc_thuoc"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRosterOfStoredUnits(t *testing.T) {
	r := plan.RosterOf([]plan.Unit{
		{Code: "a", Name: "Phòng A"}, {Code: "b", Name: "Phòng A", Short: "P. B"},
	}, nil)
	for name, want := range map[string]string{"phong a": "a", "P. B": "b", "b": "b"} {
		if u, ok := r.Find(name); !ok || u.Code != want {
			t.Errorf("Find(%q) = %q, %v, want %q", name, u.Code, ok, want)
		}
	}
	if _, err := plan.NewRoster(r.Units, r.Collectives); err == nil {
		t.Error("a name of two was let pass")
	}
}

// A start with many units must not wait for names that nobody has asked for.
func TestNamesAreLookedIntoWhenAsked(t *testing.T) {
	units := make([]plan.Unit, 1000)
	for i := range units {
		units[i] = plan.Unit{Code: "p-" + strconv.Itoa(i), Name: "Phòng Quản lý nhà " + strconv.Itoa(i)}
	}
	if n := testing.AllocsPerRun(1, func() { plan.RosterOf(units, nil) }); n > 100 {
		t.Errorf("%.0f allocations for %d units", n, len(units))
	}
}

func TestNewRosterRefusesDoubles(t *testing.T) {
	a := plan.Unit{Code: "a", Name: "Phòng A", Short: "P. A", Aliases: []string{"Phòng Một"}}
	tests := []struct {
		name        string
		unit        plan.Unit
		collectives []plan.Collective
		want        string
	}{
		{"code", plan.Unit{Code: "a", Name: "Phòng B"}, nil, `code "a" stands twice`},
		{"name", plan.Unit{Code: "b", Name: "Phòng A"}, nil, `name "Phòng A" belongs to both "a" and "b"`},
		{"name in another case", plan.Unit{Code: "b", Name: "PHÒNG  A"}, nil, `name "PHÒNG  A" belongs to both "a" and "b"`},
		{"decomposed", plan.Unit{Code: "b", Name: norm.NFD.String("Phòng A")}, nil, "belongs to both"},
		{"short name", plan.Unit{Code: "b", Name: "Phòng B", Short: "p. a"}, nil, `name "p. a" belongs to both "a" and "b"`},
		{"alias and name", plan.Unit{Code: "b", Name: "phòng một"}, nil, `name "phòng một" belongs to both "a" and "b"`},
		{"code as another's name", plan.Unit{Code: "b", Name: "A"}, nil, `name "A" belongs to both "a" and "b"`},
		{
			"collective's code",
			plan.Unit{Code: "b", Name: "Phòng B"},
			[]plan.Collective{{Code: "b", Name: "Các phòng"}},
			`code "b" stands twice`,
		},
		{
			"collective's name",
			plan.Unit{Code: "b", Name: "Phòng B"},
			[]plan.Collective{{Code: "c", Name: "Phòng B"}},
			`name "Phòng B" belongs to both "b" and "c"`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := plan.NewRoster([]plan.Unit{a, tt.unit}, tt.collectives)
			var taken *plan.NameTakenError
			if !errors.As(err, &taken) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("NewRoster() error = %v, want %s", err, tt.want)
			}
		})
	}
	b := plan.Unit{Code: "b", Name: "Phòng Á", Short: "Phòng Á", Aliases: []string{"", "phòng á"}}
	if _, err := plan.NewRoster([]plan.Unit{a, b}, nil); err != nil {
		t.Errorf("NewRoster() with names told apart by a tone mark: %v", err)
	}
}

func TestRosterFind(t *testing.T) {
	r := testRoster(t)
	tests := []struct{ name, want string }{
		{"van-phong", "van-phong"},
		{"Văn phòng Sở", "van-phong"},
		{"van phong so", "van-phong"},
		{"  VĂN \n PHÒNG   SỞ ", "van-phong"},
		{norm.NFD.String("Văn phòng Sở"), "van-phong"},
		{"Văn phòng", "van-phong"},
		{"\ufeffVăn ph\u200bòng\u00a0Sở", "van-phong"},
		{"thanh tra xd", "thanh-tra"},
		{"P. QHKT", "p-qhkt"},
		{"Phòng Quy hoạch – Kiến trúc", "p-qhkt"},
		{"phong quan ly nha va thi truong bat dong san", "p-qln"},
		{"Phòng Tổ", "p-to"},
		{"phòng tố", "p-to-2"},
		{"phong to", ""},
		{"Các đơn vị trực thuộc Sở", ""},
		{"Văn phòng Sở Xây dựng", ""},
		{"Phòng", ""},
		{"", ""},
		{",", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			u, ok := r.Find(tt.name)
			if u.Code != tt.want || ok != (tt.want != "") {
				t.Errorf("Find(%q) = %q, %v, want %q", tt.name, u.Code, ok, tt.want)
			}
		})
	}
}

func TestRosterPrefix(t *testing.T) {
	r := testRoster(t)
	tests := []struct{ text, want, rest string }{
		{"thanh-tra 15/BC-TTr", "thanh-tra", "15/BC-TTr"},
		{"Thanh tra xây dựng 15/BC-TTr", "thanh-tra", "15/BC-TTr"},
		{"thanh tra xd  15/BC-TTr", "thanh-tra", "15/BC-TTr"},
		{norm.NFD.String("Văn phòng Sở") + " đã xong", "van-phong", "đã xong"},
		{"Văn phòng đã xong", "van-phong", "đã xong"},
		{"Văn phòng Sở", "van-phong", ""},
		{"văn phòng sở\n đã xong", "van-phong", "đã xong"},
		{"van-phong,thanh-tra 15/05/2024", "van-phong", "thanh-tra 15/05/2024"},
		{"Phòng Tố xong", "p-to-2", "xong"},
		{"phong to xong", "", "phong to xong"},
		{"thanh-tra/15", "", "thanh-tra/15"},
		{"thanh-trang 15", "", "thanh-trang 15"},
		{"đã xong", "", "đã xong"},
		{"Các đơn vị trực thuộc Sở xong", "", "Các đơn vị trực thuộc Sở xong"},
		{"", "", ""},
		{"/", "", "/"},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			u, rest, ok := r.Prefix(tt.text)
			if u.Code != tt.want || rest != tt.rest || ok != (tt.want != "") {
				t.Errorf("Prefix(%q) = %q, %q, %v, want %q, %q", tt.text, u.Code, rest, ok, tt.want, tt.rest)
			}
		})
	}
}

func TestRosterResolve(t *testing.T) {
	r := testRoster(t)
	all := []string{"p-qhkt", "p-qln", "tt-qhkd"}
	tests := []struct {
		name, cell     string
		codes, unknown []string
	}{
		{"one", "Văn phòng Sở", []string{"van-phong"}, nil},
		{"a collective with a comma inside", "Các phòng CM, đơn vị trực thuộc Sở", all, nil},
		{"two units", "Tổ Kiểm soát TTHC của Sở, Văn phòng Sở", []string{"to-tthc", "van-phong"}, nil},
		{"an alias", "Thanh tra XD, Văn phòng Sở", []string{"thanh-tra", "van-phong"}, nil},
		{
			"collective, then unit", "Các phòng CM, đơn vị trực thuộc Sở; Văn phòng Sở",
			append(slices.Clone(all), "van-phong"), nil,
		},
		{
			"unit, then collective", "Văn phòng Sở, các phòng CM, đơn vị trực thuộc Sở",
			append([]string{"van-phong"}, all...), nil,
		},
		{"no doubles", "tt-qhkd; Các đơn vị trực thuộc Sở / Trung tâm Quy hoạch - Kiểm định xây dựng", []string{"tt-qhkd"}, nil},
		{"a name with và inside", "Phòng Quản lý nhà và thị trường bất động sản và Văn phòng Sở", []string{"p-qln", "van-phong"}, nil},
		{"lines with bullets", "- Văn phòng Sở;\n- Thanh tra XD.", []string{"van-phong", "thanh-tra"}, nil},
		{"line breaks inside names", "Các\nphòng CM,\nđơn vị trực\r\nthuộc Sở", all, nil},
		{"line break for a comma", "Các phòng CM\nđơn vị trực thuộc Sở\nVăn phòng Sở", append(slices.Clone(all), "van-phong"), nil},
		{"decomposed, upper case", norm.NFD.String("VĂN PHÒNG SỞ VÀ THANH TRA XD"), []string{"van-phong", "thanh-tra"}, nil},
		{
			"a long alias", "Công chức phụ trách công tác tiếp nhận, trả kết quả tại bộ phận một cửa",
			[]string{"mot-cua"},
			nil,
		},
		{"unknown", "Sở Nội vụ", nil, []string{"Sở Nội vụ"}},
		{
			"unknown between known",
			"Văn phòng Sở, Sở KH&CN (nếu có); Thanh tra XD",
			[]string{"van-phong", "thanh-tra"},
			[]string{"Sở KH&CN (nếu có)"},
		},
		{"unknown twice", "Sở Nội vụ và Sở Nội vụ", nil, []string{"Sở Nội vụ"}},
		{"names only at separators", "Văn phòng Sở Xây dựng", nil, []string{"Văn phòng Sở Xây dựng"}},
		{"only tone marks tell apart", "Phòng Tố", []string{"p-to-2"}, nil},
		{"ambiguous", "phong to, Văn phòng", []string{"van-phong"}, []string{"phong to"}},
		{"separators alone", " ,;/ và \n", nil, nil},
		{"empty", "", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			codes, unknown := r.Resolve(tt.cell)
			if !slices.Equal(codes, tt.codes) || !slices.Equal(unknown, tt.unknown) {
				t.Errorf("Resolve(%q) = %q, %q, want %q, %q", tt.cell, codes, unknown, tt.codes, tt.unknown)
			}
		})
	}
}

func TestRosterMembers(t *testing.T) {
	r := testRoster(t)
	c := plan.Collective{Members: []string{"truc_thuoc", "thanh-tra", "tt-qhkd", "nobody", "phong_cm"}}
	want := []string{"tt-qhkd", "thanh-tra", "p-qhkt", "p-qln"}
	if got := r.Members(c); !slices.Equal(got, want) {
		t.Errorf("Members() = %q, want %q", got, want)
	}
}

func TestRosterNearest(t *testing.T) {
	r := testRoster(t)
	tests := []struct{ name, want string }{
		{"Thanh tra XDD", "thanh-tra"},
		{"Văn phòng Sơ", "van-phong"},
		{"bo phan 1 cua", "mot-cua"},
		{"Phòng Quy hoạch và Kiến trúc", "p-qhkt"},
		{"trung tam quy hoach kiem dinh", "tt-qhkd"},
	}
	for _, tt := range tests {
		t.Run(tt.want, func(t *testing.T) {
			got := r.Nearest(tt.name, 2)
			if len(got) != 2 || got[0].Code != tt.want {
				t.Errorf("Nearest(%q, 2) = %v, want %s first", tt.name, got, tt.want)
			}
		})
	}
	if got := r.Nearest(strings.Repeat("thanh tra ", 100_000), 1); len(got) != 1 {
		t.Errorf("Nearest() of a long name gives %d units, want 1", len(got))
	}
	if got := r.Nearest("x", 100); len(got) != len(r.Units) {
		t.Errorf("Nearest() of 100 gives %d units, want all %d", len(got), len(r.Units))
	}
	if got := r.Nearest("x", -1); len(got) != 0 {
		t.Errorf("Nearest() of -1 gives %v", got)
	}
}

func FuzzRoster(f *testing.F) {
	for _, s := range []string{
		"Các phòng CM, đơn vị trực thuộc Sở; Văn phòng Sở", "thanh-tra 15/BC", "\n,và\n", "\u0301", "phòng\xff tổ",
		"Văn phòng - Thanh tra XD – x",
	} {
		f.Add(s)
	}
	r := testRoster(f)
	f.Fuzz(func(t *testing.T, s string) {
		codes, _ := r.Resolve(s)
		for _, code := range codes {
			if _, ok := r.Unit(code); !ok {
				t.Errorf("Resolve(%q) gives %q, which is no unit", s, code)
			}
		}
		u, rest, ok := r.Prefix(s)
		if !strings.HasSuffix(s, rest) || !ok && rest != s {
			t.Errorf("Prefix(%q) leaves %q", s, rest)
		}
		if head := strings.TrimSuffix(s, rest); ok {
			if found, _ := r.Find(head); found.Code != u.Code {
				t.Errorf("Prefix(%q) finds %q, Find(%q) %q", s, u.Code, head, found.Code)
			}
		}
		r.Nearest(s, 3)
	})
}
