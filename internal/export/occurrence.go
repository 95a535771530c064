package export

import (
	"time"

	"dondoc/internal/plan"
)

type occurrence struct {
	Unit         string      `json:"unit"`
	Period       string      `json:"period"` // 2024-Q1 of a check-in
	Due          *string     `json:"due"`    // the plan's own day; null if it has none
	ExtendedDue  *string     `json:"extended_due"`
	Extensions   int         `json:"extensions"`
	Extended     []extension `json:"extended,omitempty"` // every one of them, in the order of recording
	EffectiveDue *string     `json:"effective_due"`
	Status       plan.Status `json:"status"`
	OnTime       *bool       `json:"on_time"`
	ReportedAt   *string     `json:"reported_at"` // of the report by which it counts
	Reports      []report    `json:"reports"`     // in the order of recording
}

// An extension stays although a later version of the plan allows as much: then
// extended_due is null.
type extension struct {
	At     string  `json:"at"`
	By     int64   `json:"by"`
	From   *string `json:"from"`
	Due    *string `json:"due"`
	Reason string  `json:"reason"`
}

type report struct {
	At           string      `json:"at"`
	By           int64       `json:"by"`
	Via          plan.Via    `json:"via"`
	Status       plan.Status `json:"status"`
	Note         string      `json:"note"`
	Evidence     []evidence  `json:"evidence"`
	WithdrawnAt  *string     `json:"withdrawn_at"`
	ReturnedAt   *string     `json:"returned_at"`
	ReturnReason *string     `json:"return_reason"`
}

type evidence struct {
	Kind     string  `json:"kind"` // document, file, photo
	Number   *string `json:"number"`
	Date     *string `json:"date"`
	FileName *string `json:"file_name"`
}

// occurrenceOf judges o by the book and writes instants in loc.
func occurrenceOf(b *plan.Book, o *plan.Occurrence, loc *time.Location) occurrence {
	out := occurrence{
		Unit:         o.Unit,
		Period:       o.Period,
		Due:          day(o.Due),
		ExtendedDue:  day(o.ExtendedDue()),
		Extensions:   len(o.Extensions),
		EffectiveDue: day(b.EffectiveDue(o)),
		Status:       o.Status(),
		Reports:      make([]report, len(o.Reports)),
	}
	if onTime, ok := b.OnTime(o); ok {
		out.OnTime = &onTime
	}
	if r := o.Completion(); r != nil {
		out.ReportedAt = instant(r.At, loc)
	}
	for _, e := range o.Extensions {
		out.Extended = append(out.Extended, extension{
			At: e.At.In(loc).Format(time.RFC3339), By: e.By, From: day(e.Was), Due: day(e.Due), Reason: e.Reason,
		})
	}
	for i := range o.Reports {
		out.Reports[i] = reportOf(&o.Reports[i], loc)
	}
	return out
}

func reportOf(r *plan.Report, loc *time.Location) report {
	out := report{
		At:           r.At.In(loc).Format(time.RFC3339),
		By:           r.By,
		Via:          r.Via,
		Status:       r.Status,
		Note:         r.Note,
		Evidence:     make([]evidence, len(r.Evidence)),
		WithdrawnAt:  instant(r.WithdrawnAt, loc),
		ReturnedAt:   instant(r.ReturnedAt, loc),
		ReturnReason: orNull(r.ReturnReason),
	}
	for i, e := range r.Evidence {
		out.Evidence[i] = evidence{
			Kind: e.Kind, Number: orNull(e.Number), Date: day(e.Date), FileName: orNull(e.FileName),
		}
	}
	return out
}

// instant writes t in loc, null for the zero time.
func instant(t time.Time, loc *time.Location) *string {
	if t.IsZero() {
		return nil
	}
	return orNull(t.In(loc).Format(time.RFC3339))
}
