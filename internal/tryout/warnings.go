package tryout

import (
	"context"
	"log/slog"
)

// Warnings passes on what is a warning or worse: the page shows all the rest.
type warnings struct{ slog.Handler }

// Enabled reports whether the level is a warning's or above.
func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

// WithAttrs keeps the bound.
func (w warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return warnings{w.Handler.WithAttrs(attrs)}
}

// WithGroup keeps the bound.
func (w warnings) WithGroup(name string) slog.Handler { return warnings{w.Handler.WithGroup(name)} }
