package main

import (
	"slices"
	"time"
)

// median returns the middle one of the values, or the mean of the two.
func median(values []float64) float64 {
	v := slices.Sorted(slices.Values(values))
	n := len(v)
	if n == 0 {
		return 0
	}
	return (v[(n-1)/2] + v[n/2]) / 2
}

// quantile returns the time within which that share of all was done,
// in milliseconds.
func quantile(took []time.Duration, share float64) float64 {
	v := slices.Sorted(slices.Values(took))
	if len(v) == 0 {
		return 0
	}
	i := min(int(share*float64(len(v))), len(v)-1)
	return float64(v[i]) / float64(time.Millisecond)
}

const mega = 1 << 20

func (m memory) peakMB() float64 { return float64(m.peak) / mega }

func (m memory) nowMB() float64 { return float64(m.now) / mega }
