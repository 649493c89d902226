package centre

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"loaphuong/devices"
	"loaphuong/scheduler"
)

// FuzzTake: whatever a station writes, the centre neither falls nor takes it as
// another's.
func FuzzTake(f *testing.F) {
	b := openBench(f)
	batch, now := b.morning()
	for _, m := range []devices.Message{
		asrun(tanHung, batch),
		asrun(tanHung, devices.Batch{Station: tanHung, Log: "khác", Number: 1 << 63, Through: now, Records: []scheduler.AsRun{{Number: 1<<64 - 1}}}),
		state(tanHung, devices.State{Station: tanHung, Online: true, Missing: []scheduler.Digest{"x"}}),
		{Topic: devices.Topic(tanHung, devices.StateChannel), Payload: []byte(`{"station":"tan-hung","at":"9999-12-31T23:59:59-23:59"}`)},
		{Topic: devices.Topic(tanHung, devices.AsRunChannel), Payload: []byte(`{"station":"tan-hung","log":"x","through":"0000-01-01T00:00:00+23:59","records":[{"log":"x","number":1,"kind":"end","airing":"a","outcome":"aired","at":"9999-12-31T23:59:59.999999999-23:59"}]}`)},
		{Topic: devices.Topic(anBinh, devices.StateChannel), Payload: []byte(`null`)},
	} {
		f.Add(m.Topic, m.Payload)
	}
	f.Fuzz(func(t *testing.T, topic string, payload []byte) {
		b.t = t
		err := b.intake.take(t.Context(), devices.Message{Topic: topic, Payload: payload}, now)
		var said struct{ Station scheduler.StationID }
		if json.Unmarshal(payload, &said) != nil && err == nil {
			t.Errorf("taken: %q", payload)
		}
		if own := fmt.Sprintf("%s/%s/", devices.Prefix, said.Station); err == nil && !strings.HasPrefix(topic, own) {
			t.Errorf("%q was taken on %s", payload, topic)
		}
		b.heard(tanHung)
		b.heard(anBinh)
	})
}
