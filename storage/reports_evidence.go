package storage

import (
	"encoding/json"
	"fmt"

	"dondoc/internal/plan"
)

// A keptEvidence is one piece of evidence, as the JSON list in its report's row
// has it.
type keptEvidence struct {
	Kind     string `json:"kind,omitempty"`
	Number   string `json:"number,omitempty"`
	Day      string `json:"day,omitempty"`
	FileID   string `json:"file,omitempty"`
	FileName string `json:"name,omitempty"`
}

func keep(e plan.Evidence) keptEvidence {
	return keptEvidence{Kind: e.Kind, Number: e.Number, Day: e.Date.String(), FileID: e.FileID, FileName: e.FileName}
}

// AddEvidence adds evidence that came after the report, or returns ErrNotFound
// if there is no such report.
func (tx *Tx) AddEvidence(report int64, later ...plan.Evidence) error {
	for _, e := range later {
		text, err := json.Marshal(keep(e))
		if err != nil {
			return fmt.Errorf("add evidence: %w", err)
		}
		n, err := tx.changed(`UPDATE reports SET evidence = json_insert(evidence, '$[#]', json(?)) WHERE id = ?`,
			string(text), report)
		if err == nil && n == 0 {
			err = ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("add evidence to report %d: %w", report, err)
		}
	}
	return nil
}

// evidenceText is what the evidence of a report is kept as.
func evidenceText(list []plan.Evidence) (string, error) {
	kept := make([]keptEvidence, len(list))
	for i, e := range list {
		kept[i] = keep(e)
	}
	text, err := json.Marshal(kept)
	if err != nil {
		return "", fmt.Errorf("evidence: %w", err)
	}
	return string(text), nil
}

// evidence scans what evidenceText made.
type evidence struct{ list *[]plan.Evidence }

func (v evidence) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("evidence is %T", src)
	}
	*v.list = nil
	if text == "[]" { // most reports have none
		return nil
	}
	var kept []keptEvidence
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return fmt.Errorf("evidence: %w", err)
	}
	for _, k := range kept {
		e := plan.Evidence{Kind: k.Kind, Number: k.Number, FileID: k.FileID, FileName: k.FileName}
		if err := (day{&e.Date}).Scan(k.Day); err != nil {
			return err
		}
		*v.list = append(*v.list, e)
	}
	return nil
}
