package scheduler_test

import (
	"errors"
	"strings"
	"testing"

	"loaphuong/scheduler"
)

func TestNames(t *testing.T) {
	for name, ok := range map[string]bool{
		"a": true, "tan-hung": true, "0220": true, "a-": true, strings.Repeat("a", 63): true,
		"": false, "-a": false, "Tan-hung": false, "tân-hưng": false, "tan_hung": false, "tan hung": false, "a/b": false, "+": false, "#": false, "a\n": false, "..": false,
		strings.Repeat("a", 64): false,
	} {
		_, station := scheduler.ParseStationID(name)
		_, area := scheduler.ParseAreaID(name)
		_, programme := scheduler.ParseProgrammeID(name)
		for what, err := range map[string]error{"station": station, "area": area, "programme": programme} {
			if (err == nil) != ok || err != nil && !strings.HasPrefix(err.Error(), what+" name ") {
				t.Errorf("%s %q: %v", what, name, err)
			}
		}
	}
}

func TestDigest(t *testing.T) {
	const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	if got := scheduler.DigestOf(nil); got != empty {
		t.Errorf("digest of nothing is %s", got)
	}
	if got, n, err := scheduler.DigestReader(strings.NewReader("đài")); got != digestOf("đài") || n != int64(len("đài")) || err != nil {
		t.Errorf("read %s of %d bytes, %v", got, n, err)
	}
	for s, ok := range map[string]bool{
		empty: true, "": false, empty[1:]: false, empty + "0": false, strings.ToUpper(empty): false, "g" + empty[1:]: false,
		empty[:31] + "gg" + empty[33:]: false, // within
	} {
		if _, err := scheduler.ParseDigest(s); (err == nil) != ok {
			t.Errorf("digest %q: %v", s, err)
		}
	}
}

// TestDirectiveIDOf: the same letter pasted twice is the same letter.
func TestDirectiveIDOf(t *testing.T) {
	plain := scheduler.DirectiveIDOf("Kính gửi: Đài xã")
	if got := scheduler.DirectiveIDOf("  Kính gửi:\r\n\tĐài   xã \n"); got != plain || len(got) != 16 {
		t.Errorf("with other white space it is %s, not %s", got, plain)
	}
	if got := scheduler.DirectiveIDOf("Kính gửi: Đài  xã."); got == plain {
		t.Error("another letter has the same name")
	}
}

func TestInvalid(t *testing.T) {
	if scheduler.Invalid(nil) != nil {
		t.Error("nothing wrong is invalid")
	}
	wrong := errors.New("length 0s")
	got := scheduler.Invalid(wrong)
	if got.Error() != "length 0s" || !errors.Is(got, scheduler.ErrInvalid) || !errors.Is(got, wrong) || errors.Is(got, scheduler.ErrConflict) {
		t.Errorf("it says %q and is invalid: %v", got, errors.Is(got, scheduler.ErrInvalid))
	}
}
