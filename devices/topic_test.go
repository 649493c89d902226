package devices

import "testing"

func TestParseTopic(t *testing.T) {
	for _, c := range []struct {
		topic   string
		station string // empty for refused
		channel Channel
	}{
		{"loaphuong/v1/an-phu/state", "an-phu", StateChannel},
		{"loaphuong/v1/an-phu/invented", "an-phu", "invented"}, // a newer station may say more
		{"loaphuong/v1/an-phu", "", ""},
		{"loaphuong/v1/an-phu/state/more", "", ""},
		{"loaphuong/v2/an-phu/state", "", ""},
		{"an-phu/state", "", ""},
		{"/loaphuong/v1/an-phu/state", "", ""},
		{"loaphuong/v1//state", "", ""},
		{"loaphuong/v1/An Phú/state", "", ""},
		{"loaphuong/v1/+/state", "", ""},
		{"", "", ""},
	} {
		station, channel, err := ParseTopic(c.topic)
		if (err == nil) != (c.station != "") {
			t.Errorf("%q: %v", c.topic, err)
		} else if err == nil && (string(station) != c.station || channel != c.channel) {
			t.Errorf("%q: %s %s", c.topic, station, channel)
		}
	}
}

func TestTopicAndParseTopicAgree(t *testing.T) {
	for _, ch := range append(FromStation(), ToStation()...) {
		s, got, err := ParseTopic(Topic("an-phu", ch))
		if err != nil || s != "an-phu" || got != ch {
			t.Errorf("%s: %s %s %v", ch, s, got, err)
		}
	}
}

func TestAStationMayOnly(t *testing.T) {
	for _, c := range []struct {
		topic       string
		read, write bool
	}{
		{"loaphuong/v1/an-phu/schedule", true, false},
		{"loaphuong/v1/an-phu/receipt", true, false},
		{"loaphuong/v1/an-phu/command", true, false},
		{"loaphuong/v1/an-phu/state", false, true},
		{"loaphuong/v1/an-phu/asrun", false, true},
		{"loaphuong/v1/an-phu/invented", false, false},
		{"loaphuong/v1/binh-minh/schedule", false, false},
		{"loaphuong/v1/binh-minh/state", false, false},
		{"loaphuong/v1/an-phu/+", false, false},
		{"loaphuong/v1/an-phu/#", false, false},
		{"loaphuong/v1/+/schedule", false, false},
		{"loaphuong/v1/an-phu/schedule/", false, false},
		{"$share/g/loaphuong/v1/an-phu/schedule", false, false},
		{"#", false, false},
		{"$SYS/#", false, false},
		{"", false, false},
	} {
		p := Peer{Role: StationRole, Name: "an-phu"}
		if MayRead("an-phu", c.topic) != c.read || p.MayRead(c.topic) != c.read {
			t.Errorf("read %q: want %v", c.topic, c.read)
		}
		if MayWrite("an-phu", c.topic) != c.write || p.MayWrite(c.topic) != c.write {
			t.Errorf("write %q: want %v", c.topic, c.write)
		}
	}
}

func TestTheCentreMayUnderItsPrefix(t *testing.T) {
	p := Peer{Role: CentreRole, Name: CentreName}
	for _, c := range []struct {
		topic       string
		read, write bool
	}{
		{"loaphuong/v1/an-phu/schedule", true, true},
		{"loaphuong/v1/an-phu/state", true, true}, // to take away a dead station's
		{AllStations(StateChannel), true, false},
		{"loaphuong/v1/#", true, false},
		{"loaphuong/v12/an-phu/state", false, false},
		{"#", false, false},
		{"$SYS/broker/uptime", false, false},
		{"elsewhere", false, false},
	} {
		if p.MayRead(c.topic) != c.read || p.MayWrite(c.topic) != c.write {
			t.Errorf("%q: read %v write %v", c.topic, p.MayRead(c.topic), p.MayWrite(c.topic))
		}
	}
}
