package speaker_test

import (
	"strings"
	"testing"

	"loaphuong/player/speaker"
	"loaphuong/player/speaker/testcard"
)

func TestAControlIsMutedAndUnmuted(t *testing.T) {
	mute := speaker.Mute("", testcard.Control)
	for _, on := range []bool{true, true, false, false, true, false} {
		if err := mute(t.Context(), on); err != nil || table.virtual.Muted() != on {
			t.Fatalf("mute %t: it is %t: %v", on, table.virtual.Muted(), err)
		}
	}
	if err := speaker.Mute("", "Nothing")(t.Context(), true); err == nil || !strings.Contains(err.Error(), "Nothing") {
		t.Errorf("a control that is not there: %v", err)
	}
	replug(t, func() error {
		if err := mute(t.Context(), true); err == nil {
			t.Error("a card that is not there was muted")
		}
		return nil
	})
}
