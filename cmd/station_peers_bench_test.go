package cmd

import (
	"fmt"
	"math"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"loaphuong/player/speaker"
	"loaphuong/player/speaker/testcard"
)

// peer is another program that plays a file on a card.
type peer struct {
	name  string
	stays bool // it is a server: started in silence, told to play later
	// start starts it, in dir, for the file; play lets one that stays begin. The
	// processes are those that count.
	start func(l *launcher, file string) (play func() error, err error)
}

// launcher starts the processes of a peer, which end with the test.
type launcher struct {
	t    *testing.T
	dir  string
	card *testcard.Card
	pids []int // of those that count
}

// run starts a program on the card; counts says whether its cost is the peer's.
func (l *launcher) run(counts bool, program string, args ...string) error {
	log, err := os.OpenFile(filepath.Join(l.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	c := exec.Command(program, args...)
	c.Env, c.Stdout, c.Stderr = append(os.Environ(), l.card.Env()...), log, log
	if err := c.Start(); err != nil {
		return err
	}
	l.t.Cleanup(func() { kill(c) })
	if counts {
		l.pids = append(l.pids, c.Process.Pid)
	}
	return nil
}

// write makes a file in the launcher's directory.
func (l *launcher) write(name, format string, args ...any) (string, error) {
	path := filepath.Join(l.dir, name)
	return path, os.WriteFile(path, fmt.Appendf(nil, format, args...), 0o600)
}

// peers are the programs that are compared.
func peers() []peer {
	return []peer{
		{"mpd", true, startMPD},
		{"aplay (WAV, our period)", false, startAplay},
		{"mpg123 (MP3)", false, startMPG123},
		{"mpv", false, func(l *launcher, file string) (func() error, error) {
			return nil, l.run(true, "mpv", "--no-config", "--no-video", "--ao=alsa", "--really-quiet", file)
		}},
		{"liquidsoap", false, startLiquidsoap},
		{"snapserver, snapclient", true, startSnapcast},
	}
}

// cost plays the file and returns what that cost.
func (p peer) cost(t *testing.T, file string) row {
	l := &launcher{t: t, dir: t.TempDir(), card: newCard(t)}
	r := row{program: p.name, idle: math.NaN()}
	play, err := p.start(l, file)
	if err == nil && p.stays {
		err = r.idles(l.pids)
	}
	if err == nil && play != nil {
		err = play()
	}
	if err != nil {
		r.trouble = err.Error()
		return r
	}
	<-time.After(2 * settle)
	from := time.Now()
	u, err := over(soundSpan, l.pids...)
	if r.measured(u, l.card, from); err != nil {
		r.trouble = "it has ended: " + err.Error()
	}
	return r
}

// idles measures what a peer that stays does before it is told to play.
func (r *row) idles(pids []int) error {
	<-time.After(2 * settle)
	u, err := over(idleSpan, pids...)
	r.idle = 100 * u.cpu.Seconds() / idleSpan.Seconds()
	return err
}

// startMPG123 plays an MP3 made of the file, which is all it can, in floats,
// which is all that the card can.
func startMPG123(l *launcher, file string) (func() error, error) {
	mp3 := filepath.Join(l.dir, "same.mp3")
	if said, err := exec.Command("ffmpeg", "-v", "error", "-i", file, "-b:a", "64k", mp3).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("ffmpeg: %w: %s", err, said)
	}
	return nil, l.run(true, "mpg123", "-q", "-o", "alsa", "-e", "f32", mp3)
}

// startAplay plays a WAV made of the file with the station's period and ring: the
// least that can be done for a card that is served so often.
func startAplay(l *launcher, file string) (func() error, error) {
	wav := filepath.Join(l.dir, "same.wav")
	if said, err := exec.Command("ffmpeg", "-v", "error", "-i", file, "-ac", "1", "-ar", "48000", "-c:a", "pcm_f32le", wav).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("ffmpeg: %w: %s", err, said)
	}
	return nil, l.run(true, "aplay", "-q", "--period-size", fmt.Sprint(speaker.Period), "--buffer-size", fmt.Sprint(2*speaker.Period), wav)
}

func startLiquidsoap(l *launcher, file string) (func() error, error) {
	script, err := l.write("play.liq", "set(\"init.allow_root\", true)\noutput.alsa(fallible=true, once(single(%q)))\n", file)
	if err != nil {
		return nil, err
	}
	return nil, l.run(true, "liquidsoap", script)
}

// startMPD starts mpd as it is delivered, but for its card's format: it asks
// for 16 bits, and this card takes no others than floats.
func startMPD(l *launcher, file string) (func() error, error) {
	music := filepath.Join(l.dir, "music")
	if err := os.Mkdir(music, 0o700); err != nil {
		return nil, err
	}
	if err := os.Symlink(file, filepath.Join(music, "a.opus")); err != nil {
		return nil, err
	}
	door := filepath.Join(l.dir, "door")
	settings, err := l.write("mpd.conf", `music_directory %q
playlist_directory %q
db_file %q
bind_to_address %q
audio_output {
	type "alsa"
	name "card"
	mixer_type "none"
	format "48000:f:1"
}
`, music, l.dir, filepath.Join(l.dir, "db"), door)
	if err != nil {
		return nil, err
	}
	return func() error { return tellMPD(door, "clear", "add a.opus", "play") }, l.run(true, "mpd", "--no-daemon", settings)
}

// tellMPD has it read its music and then do what it is told.
func tellMPD(door string, commands ...string) error {
	c, err := net.Dial("unix", door)
	if err != nil {
		return err
	}
	defer c.Close()
	answer := make([]byte, 4096)
	for _, command := range append([]string{"", "update"}, commands...) {
		if command != "" {
			fmt.Fprintln(c, command)
		}
		n, err := c.Read(answer)
		if err != nil {
			return fmt.Errorf("mpd: %s: %w", command, err)
		}
		if said := string(answer[:n]); len(said) > 3 && said[:3] == "ACK" {
			return fmt.Errorf("mpd: %s: %s", command, said)
		}
		<-time.After(settle / 2)
	}
	return nil
}

// startSnapcast starts a server and one client on this machine; what decodes
// the file for them does not count.
func startSnapcast(l *launcher, file string) (func() error, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	pipe := filepath.Join(l.dir, "pipe")
	settings, err := l.write("snapserver.conf", `[server]
datadir = %s
[http]
enabled = false
[tcp]
enabled = false
[stream]
port = %s
source = pipe://%s?name=a&mode=create&sampleformat=48000:16:1
`, l.dir, port, pipe)
	if err != nil {
		return nil, err
	}
	if err := l.run(true, "snapserver", "-c", settings); err != nil {
		return nil, err
	}
	play := func() error {
		return l.run(false, "ffmpeg", "-y", "-v", "error", "-re", "-i", file, "-ar", "48000", "-ac", "1", "-f", "s16le", pipe)
	}
	return play, l.run(true, "snapclient", "-h", "127.0.0.1", "-p", port, "--player", "alsa", "-s", "default")
}

// freePort is a port that nothing had a moment ago; snapserver takes no other.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}
