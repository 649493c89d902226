package scheduler

import (
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"
)

// auditLog is a log of n lines that is whole.
func auditLog(n int) []AuditEntry {
	var all []AuditEntry
	var head AuditHead
	for i := range n {
		e := AuditEntry{
			At: time.Date(2026, 3, 11, 17, i, 0, 0, time.UTC), By: "Lan", From: "127.0.0.1 page", Action: "put-station",
			Object: fmt.Sprintf("dai-%d", i), Area: "tinh", Status: 200, Detail: `{"volume":80}`, LeftOut: i,
		}.After(head)
		all, head = append(all, e), e.Head()
	}
	return all
}

func lines(all []AuditEntry) iter.Seq2[AuditEntry, error] {
	return func(yield func(AuditEntry, error) bool) {
		for _, e := range all {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func verdictOn(t *testing.T, all []AuditEntry, noted ...AuditHead) AuditVerdict {
	t.Helper()
	v, err := VerifyAudit(lines(all), noted...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// fieldEdits change one field of a line each, all fields but the hash.
func fieldEdits() map[string]func(*AuditEntry) {
	return map[string]func(*AuditEntry){
		"number": func(e *AuditEntry) { e.Number += 100 }, "at": func(e *AuditEntry) { e.At = e.At.Add(time.Millisecond) },
		"by": func(e *AuditEntry) { e.By = "Hoa" }, "from": func(e *AuditEntry) { e.From = "" },
		"action": func(e *AuditEntry) { e.Action += "x" }, "object": func(e *AuditEntry) { e.Object = "" },
		"area": func(e *AuditEntry) { e.Area = "xa" }, "status": func(e *AuditEntry) { e.Status = 403 },
		"detail": func(e *AuditEntry) { e.Detail = "{}" }, "left out": func(e *AuditEntry) { e.LeftOut++ },
		"previous":                 func(e *AuditEntry) { e.Previous = DigestOf(nil) },
		"a letter between fields":  func(e *AuditEntry) { e.By, e.From = e.By+e.From[:1], e.From[1:] },
		"the digest that it holds": func(e *AuditEntry) { e.Hash = DigestOf(nil) },
	}
}

func TestEveryFieldOfALineIsProved(t *testing.T) {
	if n := reflect.TypeFor[AuditEntry]().NumField(); n != len(fieldEdits())-1 {
		t.Errorf("%d fields: an edit of each must be tried", n)
	}
	for name, edit := range fieldEdits() {
		all := auditLog(5)
		edit(&all[2])
		if v := verdictOn(t, all); v.Sound() || !slices.Contains(v.Altered, all[2].Number) {
			t.Errorf("%s: %+v", name, v)
		}
		all[2].Hash = all[2].Digest() // by somebody who knows how
		if v := verdictOn(t, all); v.Sound() && !slices.Equal(all, auditLog(5)) {
			t.Errorf("%s, with its digest: not found", name)
		}
	}
}

func TestWhatIsFoundInTheAuditLog(t *testing.T) {
	for name, c := range map[string]struct {
		do   func([]AuditEntry) []AuditEntry
		want AuditVerdict
	}{
		"nothing":            {func(l []AuditEntry) []AuditEntry { return l }, AuditVerdict{}},
		"a line taken out":   {func(l []AuditEntry) []AuditEntry { return slices.Delete(l, 2, 3) }, AuditVerdict{Gaps: []Gap{{3, 3}}}},
		"the first two":      {func(l []AuditEntry) []AuditEntry { return l[2:] }, AuditVerdict{Gaps: []Gap{{1, 2}}}},
		"numbers drawn up":   {func(l []AuditEntry) []AuditEntry { l[2].Number = 4; return slices.Delete(l, 3, 4) }, AuditVerdict{Gaps: []Gap{{3, 3}}, Altered: []uint64{4}, Broken: []uint64{5}}},
		"a line twice":       {func(l []AuditEntry) []AuditEntry { return slices.Insert(l, 2, l[1]) }, AuditVerdict{Broken: []uint64{2}}},
		"two lines swapped":  {swapped, AuditVerdict{Altered: []uint64{2, 4}, Broken: []uint64{3, 5}}},
		"rewritten, digests": {rehashed, AuditVerdict{Broken: []uint64{4}}},
	} {
		v := verdictOn(t, c.do(auditLog(5)))
		v.Lines, v.Head = 0, AuditHead{}
		if !reflect.DeepEqual(v, c.want) {
			t.Errorf("%s: %+v, want %+v", name, v, c.want)
		}
	}
}

// swapped has the second and the fourth line under each other's number.
func swapped(l []AuditEntry) []AuditEntry {
	l[1], l[3] = l[3], l[1]
	l[1].Number, l[3].Number = 2, 4
	return l
}

func rehashed(l []AuditEntry) []AuditEntry {
	l[2].By = "Hoa"
	l[2].Hash = l[2].Digest()
	return l
}

// What a chain alone cannot show, a head that was noted does.
func TestANotedHeadProves(t *testing.T) {
	all := auditLog(5)
	noted := all[3].Head()
	if v := verdictOn(t, all, noted); !v.Sound() || v.Lines != 5 || v.Head != all[4].Head() {
		t.Errorf("untouched: %+v", v)
	}
	if v := verdictOn(t, all[:3]); !v.Sound() {
		t.Errorf("cut, and nothing noted: %+v", v)
	}
	anew := auditLog(2)
	for range 3 { // somebody writes the rest another way
		anew = append(anew, AuditEntry{By: "Hoa"}.After(anew[len(anew)-1].Head()))
	}
	for name, l := range map[string][]AuditEntry{"cut": all[:3], "written anew": anew, "emptied": nil} {
		if v := verdictOn(t, l, noted); v.Sound() || !slices.Equal(v.Absent, []AuditHead{noted}) {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

// Whatever is done at random to a log of which the head was noted is found.
func TestEveryEditIsFound(t *testing.T) {
	edits := fieldEdits()
	names := make([]string, 0, len(edits))
	for name := range edits {
		names = append(names, name)
	}
	slices.Sort(names)
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 1))
		all := auditLog(2 + r.IntN(8))
		head := all[len(all)-1].Head()
		for range 1 + r.IntN(3) {
			all = editAtRandom(r, all, edits[names[r.IntN(len(names))]])
		}
		if slices.Equal(all, auditLog(int(head.Number))) {
			continue // it was undone again
		}
		if verdictOn(t, all, head).Sound() {
			t.Fatalf("seed %d: not found", seed)
		}
	}
}

func editAtRandom(r *rand.Rand, all []AuditEntry, edit func(*AuditEntry)) []AuditEntry {
	if len(all) == 0 {
		return all
	}
	i, j := r.IntN(len(all)), r.IntN(len(all))
	switch r.IntN(5) {
	case 0:
		return slices.Delete(all, i, i+1)
	case 1:
		all[i], all[j] = all[j], all[i]
		all[i].Number, all[j].Number = all[j].Number, all[i].Number
	case 2:
		return all[:i]
	case 3:
		edit(&all[i])
	default: // and every digest from there on
		edit(&all[i])
		for k := i; k < len(all); k++ {
			if k > i {
				all[k].Previous = all[k-1].Hash
			}
			all[k].Hash = all[k].Digest()
		}
	}
	return all
}

func TestAuditHeads(t *testing.T) {
	head := auditLog(3)[2].Head()
	if got, err := ParseAuditHead(" " + head.String() + "\n"); err != nil || got != head {
		t.Errorf("%v, %v", got, err)
	}
	for _, wrong := range []string{"", "3", "3:", "0:" + string(head.Hash), "-3:" + string(head.Hash), "3:abc", string(head.Hash)} {
		if _, err := ParseAuditHead(wrong); err == nil {
			t.Errorf("%q is a head", wrong)
		}
	}
}

func TestALineComesOutAsItWentIn(t *testing.T) {
	e := AuditEntry{At: time.Date(2026, 3, 11, 17, 0, 0, 123456789, time.FixedZone("", 7*3600)), By: "La\xffn"}.After(AuditHead{})
	if e.At.Nanosecond() != 123_000_000 || e.At.Location() != time.UTC || e.By != "La\uFFFDn" || e.Number != 1 {
		t.Errorf("%+v", e)
	}
}

func TestALogThatCannotBeReadIsNotVerified(t *testing.T) {
	broken := errors.New("disk")
	_, err := VerifyAudit(func(yield func(AuditEntry, error) bool) { yield(AuditEntry{}, broken) })
	if !errors.Is(err, broken) {
		t.Error(err)
	}
}
