package localpage

import (
	"testing"
	"time"
)

func TestEachWrongPINWaitsLonger(t *testing.T) {
	d, at := newDoor("4711"), now()
	for i := 1; i <= 12; i++ {
		if _, wait, ok := d.enter("0000", false, at); wait != 0 || ok {
			t.Fatalf("try %d: admitted %t, wait %s", i, ok, wait)
		}
		_, wait, ok := d.enter("4711", false, at)
		want := map[int]time.Duration{5: 30 * time.Second, 6: time.Minute, 7: 2 * time.Minute, 8: 4 * time.Minute, 9: 8 * time.Minute}[i]
		if i > 9 {
			want = longestOne
		}
		if i < freeTries {
			*d.tries[false] = tries{wrong: i} // the right PIN began the count anew
			continue
		}
		if ok || wait != want {
			t.Errorf("after %d wrong ones: admitted %t, wait %s, want %s", i, ok, wait, want)
		}
		at = at.Add(wait)
	}
	if _, _, ok := d.enter("4711", false, at); !ok || d.tries[false].wrong != 0 {
		t.Error("the right PIN after the wait is refused, or leaves the count")
	}
}

func TestADoorRemembersSoManyAndNoMore(t *testing.T) {
	d := newDoor("1")
	var tokens []string
	for i := range maxStays + 1 {
		token, _, _ := d.enter("1", true, now().Add(time.Duration(i)*time.Second))
		tokens = append(tokens, token)
	}
	at := now().Add(time.Hour)
	if d.knows(tokens[0], at) || !d.knows(tokens[1], at) || !d.knows(tokens[maxStays], at) {
		t.Error("it is not the first who is forgotten")
	}
	if d.knows("", at) || d.knows(tokens[1], at.Add(stay)) {
		t.Error("it knows a token that is none or that is over")
	}
}
