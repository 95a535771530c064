package plan_test

import (
	"testing"

	"dondoc/internal/plan"
)

func TestPaper(t *testing.T) {
	for number, want := range map[string]plan.Paper{
		"98/QĐ-SXD": plan.PaperDecision, "98/2024/QĐ-UBND": plan.PaperDecision, "11-KH/BCĐ": plan.PaperPlan,
		"12/KH-SXD": plan.PaperPlan, "3/CT-UBND": plan.PaperDirective, "15": plan.PaperOther, "": plan.PaperOther,
	} {
		if got := (&plan.Plan{Number: number}).Paper(); got != want {
			t.Errorf("%q: %s, want %s", number, got, want)
		}
	}
}
