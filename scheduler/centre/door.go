package centre

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"

	"loaphuong/scheduler/web"
)

// Door is how the command line finds a centre: the file in its data directory,
// readable by its owner alone, that says where it listens and the token that
// opens it.
type Door struct {
	Page     string `json:"page"`     // http://127.0.0.1:8080
	Stations string `json:"stations"` // host:port where stations enrol and fetch audio
	Broker   string `json:"broker"`   // host:port of the embedded broker; empty for another
	Token    string `json:"token"`    // new at every start
}

const doorFile = "centre.json"

func writeDoor(data string, d Door) error {
	raw, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	path := filepath.Join(data, doorFile)
	if err := os.WriteFile(path+".new", append(raw, '\n'), 0o600); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.Rename(path+".new", path)
}

// FindDoor reads the door of the centre whose data directory is data.
func FindDoor(data string) (d Door, err error) {
	raw, err := os.ReadFile(filepath.Join(data, doorFile))
	if errors.Is(err, fs.ErrNotExist) {
		return d, fmt.Errorf("no centre has run with the data directory %s: start it with `loaphuong serve`, or name its directory with --data", data)
	}
	if err != nil {
		return d, fmt.Errorf("find the centre: %w", err)
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		return d, fmt.Errorf("find the centre: %s: %w", doorFile, err)
	}
	return d, nil
}

// Dial opens the door of the centre whose data directory is data.
func Dial(data string) (*web.Client, error) {
	d, err := FindDoor(data)
	if err != nil {
		return nil, err
	}
	return web.NewClient(d.Page, d.Token), nil
}

// door says where the centre listens.
func (m *Centre) door() Door {
	d := Door{Page: m.PageURL(), Stations: m.stations.Addr().String(), Token: m.token}
	if m.broker != nil {
		d.Broker = m.broker.Addr()
	}
	return d
}

// PageURL is the address of the pages.
func (m *Centre) PageURL() string { return "http://" + m.page.Addr().String() }

// stationsURL is what stations are told for enrolment and audio.
func (m *Centre) stationsURL() string { return "https://" + m.named(m.stations.Addr().String()) }

// brokerURL is what stations are told for messages.
func (m *Centre) brokerURL() string {
	if m.broker == nil {
		return m.config.BrokerURL
	}
	return "ssl://" + m.named(m.broker.Addr())
}

// ownBroker is where the centre itself finds the broker.
func (m *Centre) ownBroker() string {
	if m.broker == nil {
		return m.config.BrokerURL
	}
	_, port, _ := net.SplitHostPort(m.broker.Addr())
	return "ssl://" + net.JoinHostPort("localhost", port)
}

// named puts the name that stations know in the place of a listening address.
func (m *Centre) named(address string) string {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	return net.JoinHostPort(m.config.Names[0], port)
}
