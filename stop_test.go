//go:build unix

package main_test

import (
	"math/rand/v2"
	"strings"
	"time"

	"dondoc/internal/botserver"
)

// stopLimit is how long the program may take to end.
const stopLimit = 10 * time.Second

// stopBusy asks the program to end while people write faster than it is
// answered, and while one call gets no answer for longer than there is time.
func stopBusy(o *office) {
	p := o.start()
	s := &script{office: o, moved: map[int64]int64{}}
	units, chance := o.furnish(p, 3, 1), rand.New(rand.NewPCG(7, 7))
	hung := chatText(units[0].place.chat)
	o.srv.SetHook(func(method string, params map[string]string) *botserver.Fault {
		switch {
		case !strings.HasPrefix(method, "send"):
			return nil
		case params["chat_id"] == hung:
			return &botserver.Fault{Kind: botserver.FaultSlow, Delay: time.Minute}
		}
		return &botserver.Fault{Kind: botserver.FaultSlow, Delay: 100 * time.Millisecond}
	})
	seen := 0
	o.srv.View(func(w *botserver.World) { seen = len(w.CallsOf("sendMessage")) })
	for range 100 {
		s.say(chance, units)
	}
	o.must(o.until(p, func(w *botserver.World) bool { return len(w.CallsOf("sendMessage")) > seen+10 }))
	begin := time.Now()
	o.stop(p)
	if d := time.Since(begin); d > stopLimit {
		o.Errorf("it took %v to end", d)
	}
	o.srv.SetHook(nil)
	p = o.start()
	s.finish(p)
	o.stop(p)
	s.compare(1) // the call that was cut may have been heard
}
