package plan

// A Step is one saying about one occurrence, which is said once: Occurrence,
// Due and Name together are its key.
type Step struct {
	Occurrence int64
	Due        Date   // the day that it is about: the stated due day, or the closing day
	Name       string // the rung of the ladder; of weekly steps the ISO week, 2024-W15

	Day     Date // the working day on which it is said
	Nominal Date // the day that the ladder names; another than Day if that is no working day
}
