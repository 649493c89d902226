package plan

import (
	"math/rand/v2"
	"testing"
)

// TestPackIsExact holds the packer against all sets there are.
func TestPackIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var p packer
	for range 3000 {
		all := make([]choice, r.IntN(11))
		for i := range all {
			all[i] = choice{size: 1 + r.IntN(20), value: int64(r.IntN(6)) * owedUnit >> uint(r.IntN(2)*4)}
		}
		capacity := r.IntN(60) - 2
		size, value := 0, int64(0)
		for n, i := range p.pack(all, capacity) {
			size, value = size+all[i].size, value+all[i].value
			if n > 0 && all[i].value == 0 {
				t.Fatal("what is worth nothing is chosen")
			}
		}
		if best := bestOf(all, capacity); value != best || value > 0 && size > capacity {
			t.Fatalf("%v in %d: worth %d taking %d, the best is %d", all, capacity, value, size, best)
		}
	}
}

func bestOf(all []choice, capacity int) (best int64) {
	for set := range 1 << len(all) {
		size, value := 0, int64(0)
		for i, c := range all {
			if set>>i&1 == 1 {
				size, value = size+c.size, value+c.value
			}
		}
		if size <= capacity {
			best = max(best, value)
		}
	}
	return best
}
