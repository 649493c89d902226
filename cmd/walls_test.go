package cmd

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the name of this module, which begins every import of ours.
const module = "loaphuong"

// rooms is who may import whom, and who owns which third-party library. A
// package that is not here fails the test: give it a place first, in
// docs/architecture.md too.
func rooms() map[string]struct{ may, owns []string } {
	type room = struct{ may, owns []string }
	return map[string]room{
		"cmd":                     {},
		"cmd/loaphuong":           {may: []string{"config", "scheduler", "scheduler/centre", "scheduler/ledger", "scheduler/letter", "scheduler/letter/paper", "scheduler/web", "player/rehearsal", "devices/bundle"}},
		"cmd/loaphuong-agent":     {may: []string{"config", "player", "player/agent", "player/localpage", "player/silent", "player/speaker", "devices/bundle", "devices/enrol"}},
		"config":                  {owns: []string{"github.com/spf13/viper"}},
		"scheduler":               {owns: []string{"github.com/robfig/cron"}},
		"scheduler/letter":        {may: []string{"scheduler"}},
		"scheduler/letter/paper":  {owns: []string{"github.com/klippa-app/go-pdfium", "github.com/tetratelabs/wazero", "golang.org/x/net/html", "golang.org/x/image"}},
		"scheduler/plan":          {may: []string{"scheduler"}},
		"scheduler/listfile":      {may: []string{"scheduler"}},
		"scheduler/ledger":        {may: []string{"scheduler", "devices"}},
		"scheduler/studio":        {may: []string{"scheduler"}},
		"scheduler/notice":        {may: []string{"scheduler"}, owns: []string{"github.com/wneessen/go-mail"}},
		"scheduler/store":         {may: []string{"scheduler", "devices"}, owns: []string{"modernc.org/sqlite", "github.com/pressly/goose"}},
		"scheduler/web":           {may: []string{"scheduler", "devices"}, owns: []string{"github.com/danielgtaylor/huma", "github.com/alexedwards/scs"}},
		"scheduler/centre":        {may: []string{"config", "scheduler", "scheduler/*", "scheduler/letter/paper", "devices", "devices/broker", "devices/bundle", "devices/enrol", "devices/mqtt", "player/rehearsal"}},
		"player":                  {},
		"player/cache":            {may: []string{"player"}, owns: []string{"golang.org/x/time"}},
		"player/clock":            {may: []string{"player"}, owns: []string{"github.com/beevik/ntp"}},
		"player/heard":            {may: []string{"player"}},
		"player/localpage":        {},
		"player/cardtest":         {may: []string{"player"}},
		"player/decode":           {may: []string{"player"}, owns: []string{"github.com/tphakala/go-opus"}},
		"player/silent":           {may: []string{"player"}},
		"player/speaker":          {may: []string{"player"}, owns: []string{"github.com/hajimehoshi/oto"}},
		"player/speaker/testcard": {may: []string{"player"}},
		"player/agent": {may: []string{"config", "scheduler", "devices", "devices/bundle", "devices/enrol", "devices/mqtt", "player", "player/cache", "player/clock", "player/decode", "player/heard", "player/localpage"},
			owns: []string{"go.etcd.io/bbolt", "github.com/coreos/go-systemd"}},
		"player/rehearsal":         {may: []string{"player", "player/agent", "scheduler", "devices"}},
		"devices":                  {may: []string{"scheduler"}},
		"devices/broker":           {may: []string{"devices", "scheduler"}, owns: []string{"github.com/mochi-mqtt/server"}},
		"devices/broker/mosquitto": {may: []string{"devices", "scheduler"}},
		"devices/bundle":           {may: []string{"devices", "scheduler"}},
		"devices/enrol":            {may: []string{"devices", "scheduler"}},
		"devices/linktest":         {may: []string{"devices", "scheduler"}},
		"devices/memory":           {may: []string{"devices", "scheduler"}},
		"devices/mqtt":             {may: []string{"devices", "scheduler"}, owns: []string{"github.com/eclipse/paho.mqtt.golang"}},
	}
}

// TestWalls reads every source file and fails on an import that the table does
// not allow. Tests may use what they like of ours, and no library of another room.
func TestWalls(t *testing.T) {
	walls := rooms()
	seen := map[string]bool{}
	eachImport(t, func(room, file, imported string, isTest bool) {
		seen[room] = true
		wall, known := walls[room]
		if !known {
			t.Errorf("%s: %s is no room that the table knows", file, room)
			return
		}
		if ours, ok := strings.CutPrefix(imported, module+"/"); ok {
			if !isTest && !allowed(wall.may, ours) {
				t.Errorf("%s: %s may not import %s", file, room, ours)
			}
			return
		}
		if owner := ownerOf(walls, imported); owner != "" && owner != room && !isTest {
			t.Errorf("%s: %s belongs to %s alone", file, imported, owner)
		}
	})
	for room := range walls {
		if !seen[room] && room != "cmd" {
			t.Errorf("the table has a room %s, which is not there", room)
		}
	}
}

func allowed(may []string, ours string) bool {
	return slices.ContainsFunc(may, func(m string) bool {
		ok, err := path.Match(m, ours)
		return err == nil && ok
	})
}

func ownerOf(walls map[string]struct{ may, owns []string }, imported string) string {
	for room, wall := range walls {
		for _, library := range wall.owns {
			if strings.HasPrefix(imported, library) {
				return room
			}
		}
	}
	return ""
}

// eachImport calls f for every import of every Go file of the module.
func eachImport(t *testing.T, f func(room, file, imported string, isTest bool)) {
	root := ".."
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && d.Name() != ".." || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Ext(p) != ".go" {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		for _, i := range parsed.Imports {
			imported, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			f(filepath.ToSlash(filepath.Dir(rel)), rel, imported, strings.HasSuffix(p, "_test.go"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
