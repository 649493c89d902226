package agent

import (
	"encoding/binary"
	"encoding/json"
	"time"

	"go.etcd.io/bbolt"
)

// numberKey is the key of a line, such that keys sort as numbers do.
func numberKey(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func numberOf(key []byte) uint64 { return binary.BigEndian.Uint64(key) }

func putJSON(b *bbolt.Bucket, key []byte, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return b.Put(key, raw)
}

// getJSON leaves v as it is where the key is absent.
func getJSON(b *bbolt.Bucket, key []byte, v any) error {
	raw := b.Get(key)
	if raw == nil {
		return nil
	}
	return json.Unmarshal(raw, v)
}

func putTime(b *bbolt.Bucket, key string, t time.Time) error {
	return b.Put([]byte(key), []byte(t.UTC().Format(time.RFC3339Nano)))
}

func getTime(b *bbolt.Bucket, key string) (time.Time, error) {
	raw := b.Get([]byte(key))
	if raw == nil {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339Nano, string(raw))
}
