package agent

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"loaphuong/player/localpage"
)

// The paths of the socket.
const (
	statusPath  = "/status"
	stopPath    = "/stop"
	volumePath  = "/volume"
	checkPath   = "/sound-check"
	bundlePath  = "/bundle"
	reportPath  = "/report"
	commandLine = "the command line"
)

// control answers the command line.
func (d *doors) control() http.Handler {
	o := Operator{d.agent}
	carrier := &Carrier{agent: d.agent, files: d.files, id: d.id, ask: d.agent.ask}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+statusPath, func(w http.ResponseWriter, _ *http.Request) { give(w, o.View(), nil) })
	mux.HandleFunc("POST "+stopPath, func(w http.ResponseWriter, _ *http.Request) { give(w, nil, o.Stop(commandLine)) })
	mux.HandleFunc("POST "+checkPath, func(w http.ResponseWriter, _ *http.Request) { give(w, nil, o.SoundCheck()) })
	mux.HandleFunc("POST "+volumePath, func(w http.ResponseWriter, r *http.Request) {
		percent, err := strconv.Atoi(r.FormValue("percent"))
		if err == nil {
			err = o.SetVolume(percent, commandLine)
		}
		give(w, nil, err)
	})
	mux.HandleFunc("POST "+bundlePath, func(w http.ResponseWriter, r *http.Request) {
		done, err := carrier.Import(r.Context(), r.FormValue("path"))
		give(w, done, err)
	})
	mux.HandleFunc("GET "+reportPath, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/zip")
		if err := carrier.Report(w); err != nil {
			give(w, nil, err)
		}
	})
	return mux
}

// give answers with v, or with what went wrong.
func give(w http.ResponseWriter, v any, err error) {
	w.Header().Set("Content-Type", "application/json")
	if err != nil {
		w.WriteHeader(http.StatusConflict)
		v = map[string]string{"error": err.Error()}
	}
	_ = json.NewEncoder(w).Encode(v) // who asked may be gone
}

// controlPatience is how long the command line waits for a running agent.
const controlPatience = 10 * time.Minute

var _ localpage.Station = Operator{}
