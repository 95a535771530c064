package reportfile

// fullSample is a document with one of everything.
func fullSample() *document {
	lines := []line{{Unit: "x", Text: "x"}, {Text: "x"}}
	items := []item{{Title: "x", Lines: lines[:1]}, {Title: "x", Lines: lines}}
	sections := []section{{
		Index: 1, Numeral: "I", Title: "x", Label: "I. x", Told: items,
		Tasks: []row{{Number: 1, Title: "x", Due: "x", Results: lines, Evidence: lines, Expectation: lines}},
	}}
	return &document{
		Parent: "x", Office: "x", OfficeName: "x", Code: "x", Place: "x", SignerTitle: "x", Signer: "x", Leadership: []Text{"x"},
		Recipients: []Text{"x"},
		Period:     "x", From: "x", To: "x", EndsOn: "x", PlanTitle: "x", PlanNumber: "x", PlanKind: "x", PlanDate: "x",
		Frozen: "x", Hash: "x", Dated: tally{Total: 1, Extended: 1}, Windows: []window{{Name: "x", Asked: 1}, {Name: "x"}},
		Directing: sections, Fields: sections, Groups: sections, Late: items, Blocked: items, Missing: items, Next: items,
		Later: items,
	}
}
