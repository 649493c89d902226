// Package config holds the settings of the two programs: the centre and the
// station. A setting has a default, which a file, then an environment variable,
// then a flag may override; a whole configuration is validated before it is
// used, and what is wrong is said with the name of the setting.
//
// The package is the only one that knows viper. The rest of the module is
// given plain values.
package config

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

// Version is that of both programs.
const Version = "0.1.0"

// load fills settings from defaults, a file, the environment and flags. A file
// that is named and missing is an error; no file is none.
func load(settings any, prefix, file string, defaults map[string]any, flags *pflag.FlagSet) error {
	v := viper.New()
	for key, value := range defaults {
		v.SetDefault(key, value)
	}
	v.SetEnvPrefix(prefix)
	v.SetEnvKeyReplacer(strings.NewReplacer(".", "_", "-", "_"))
	v.AutomaticEnv()
	if flags != nil {
		flags.VisitAll(func(f *pflag.Flag) {
			if _, known := defaults[f.Name]; known && f.Changed {
				v.Set(f.Name, f.Value.String())
			}
		})
	}
	if file != "" {
		v.SetConfigFile(file)
		if err := v.ReadInConfig(); err != nil {
			return fmt.Errorf("configuration file %s: %w", file, err)
		}
	}
	if err := v.Unmarshal(settings); err != nil {
		return fmt.Errorf("configuration: %w", err)
	}
	return checkKeys(file, v.AllKeys(), defaults)
}

// checkKeys refuses settings that have no default: only a file can hold them.
func checkKeys(file string, keys []string, defaults map[string]any) error {
	unknown := slices.DeleteFunc(keys, func(key string) bool { _, known := defaults[key]; return known })
	if len(unknown) == 0 {
		return nil
	}
	slices.Sort(unknown)
	return fmt.Errorf("configuration file %s: there is no setting %s: leave it out, or correct its name", file, strings.Join(unknown, ", "))
}

func checkData(dir string) error {
	if dir == "" {
		return errors.New("data: name a directory")
	}
	return nil
}

// checkAddress refuses what is not host:port with a port number.
func checkAddress(setting, address string) error {
	_, port, err := net.SplitHostPort(address)
	if _, wrong := strconv.ParseUint(port, 10, 16); err != nil || wrong != nil {
		return fmt.Errorf("%s %q: use host:port, for example 127.0.0.1:8080", setting, address)
	}
	return nil
}

// loopback reports whether only this machine can reach address.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// home is where a program keeps its data when nothing else is said.
func home(name string) string {
	if dir := os.Getenv("STATE_DIRECTORY"); dir != "" { // set by systemd
		return dir
	}
	dir, err := os.UserHomeDir()
	if err != nil {
		return name
	}
	return filepath.Join(dir, ".local", "share", name)
}
