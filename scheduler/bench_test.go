package scheduler_test

import (
	"fmt"
	"testing"
)

// BenchmarkLook works out who hears what on the day that has most to say, and
// queues it.
func BenchmarkLook(b *testing.B) {
	for _, units := range []int{100, 1000, 10_000} {
		b.Run(fmt.Sprintf("units=%d", units), func(b *testing.B) {
			db, path := large(b, units)
			if err := db.Close(); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				db := open(b, leftBehind(b, path))
				b.StartTimer()
				if n := tick(b, scheduling(db, nil), closing); n != units {
					b.Fatalf("%d messages", n)
				}
			}
			b.ReportMetric(float64(units)*float64(b.N)/b.Elapsed().Seconds(), "units/s")
		})
	}
}

// BenchmarkQuietLook is a look when nothing fell due.
func BenchmarkQuietLook(b *testing.B) {
	db, _ := large(b, 1000)
	s := scheduling(db, nil)
	tick(b, s, closing)
	for b.Loop() {
		tick(b, s, closing)
	}
}
