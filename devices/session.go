package devices

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// WithDefaults returns s with every callback that was left nil replaced by one
// that does nothing, so that a link may call them without asking.
func (s Session) WithDefaults() Session {
	if s.Up == nil {
		s.Up = func() {}
	}
	if s.Receive == nil {
		s.Receive = func(Message) {}
	}
	if s.Down == nil {
		s.Down = func(error) {}
	}
	return s
}

// ErrMessage is wrapped by what [Message.Check] says.
var ErrMessage = errors.New("no broker would take the message")

// Check refuses a message that a broker would end the connection for, or never
// acknowledge, so that it is not sent again and again: a payload of more than
// [MaxMessage], a topic that is no topic. Every link checks before it sends.
func (m Message) Check() error {
	if len(m.Payload) > MaxMessage {
		return fmt.Errorf("%w: %d bytes, the most is %d", ErrMessage, len(m.Payload), MaxMessage)
	}
	if m.Topic == "" || len(m.Topic) > maxTopic || m.Topic[0] == '$' || strings.ContainsAny(m.Topic, "+#\x00") || !utf8.ValidString(m.Topic) {
		return fmt.Errorf("%w: topic %.80q", ErrMessage, m.Topic)
	}
	return nil
}

// maxTopic is the longest topic, in bytes; ours have less than a hundred.
const maxTopic = 1024
