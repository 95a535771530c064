package handlers

import (
	"errors"
	"slices"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/internal/planfile"
)

// pressImportName shows one unknown name with the units that it may mean.
func (c *call) pressImportName() error {
	i, err := c.importOf(c.action.Key)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(i.draft.Unknown, func(u planfile.UnknownName) bool { return u.Name == c.action.Arg })
	if at < 0 {
		return c.showImport(i)
	}
	u := i.draft.Unknown[at]
	with := func(verb, unit string) chat.Action {
		return chat.Action{Verb: verb, Plan: c.plan.ID, Key: i.id, Arg: u.Name, Unit: unit}
	}
	var buttons [][]chat.Button
	for _, near := range u.Nearest {
		buttons = append(buttons, []chat.Button{{
			Label: plan.Cut(near.ShortName(), 40), Action: with("import_unit", near.Code),
		}})
	}
	buttons = append(buttons,
		[]chat.Button{c.button("button.import_new", with("import_new", "")), c.button("button.import_skip", with("import_skip", ""))},
		[]chat.Button{c.button("button.back", chat.Action{Verb: verbImport, Key: i.id})})
	return c.show(c.t("import.name", "Name", u.Name, "Tasks", numbersOf(u.Tasks, 12)), buttons...)
}

// pressImportUnit makes the unknown name one more of a known unit.
func (c *call) pressImportUnit() error {
	return c.learn(func() error {
		if _, ok := c.snap.Roster.Unit(c.action.Unit); !ok {
			return c.dead()
		}
		return c.tx.AddAlias(c.action.Unit, c.action.Arg)
	})
}

// pressImportNew makes the unknown name a unit of its own.
func (c *call) pressImportNew() error {
	return c.learn(func() error { return c.tx.AddUnit(planfile.NewUnit(c.action.Arg, c.snap.Roster)) })
}

// learn changes the units and shows the preview anew.
func (c *call) learn(change func() error) error {
	i, err := c.importOf(c.action.Key)
	if err != nil {
		return err
	}
	err = change()
	if taken, ok := errors.AsType[*plan.NameTakenError](err); ok {
		return refuse("refuse.name_taken", "Name", c.action.Arg, "Unit", taken.First)
	}
	if err != nil {
		return err
	}
	if err := c.tx.Trail(c.now, c.person.ID, "import_name", c.action.Arg+" "+c.action.Unit); err != nil {
		return err
	}
	return c.keepImport(i)
}

// pressImportSkip leaves names aside that are no units of the office: the one
// of the button, or all.
func (c *call) pressImportSkip() error {
	i, err := c.importOf(c.action.Key)
	if err != nil {
		return err
	}
	for _, u := range i.draft.Unknown {
		if c.action.Arg == "" || c.action.Arg == u.Name {
			i.draft.Ignored = append(i.draft.Ignored, u.Name)
		}
	}
	return c.keepImport(i)
}
