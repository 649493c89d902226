package devices

import "context"

// Message is what travels on a topic.
type Message struct {
	Topic    string
	Payload  []byte
	Retained bool // sent: keep it for those who come later; received: it was kept
}

// Session is what one side brings to a link.
type Session struct {
	// Client names this side to the broker; a second connection under the
	// same name ends the first.
	Client string
	// Subscribe lists topic filters.
	Subscribe []string
	// Will is sent by the broker when the connection ends without a goodbye.
	Will *Message
	// Up is called each time the link has come up, and Receive for each message.
	Up      func()
	Receive func(Message)
	// Down is called with the reason each time the link is lost or cannot be made.
	Down func(error)
}

// Link is one side's connection to the broker. Every implementation promises,
// and linktest checks, that
//
//  1. Run connects, reconnects whenever the connection is lost, waiting no
//     longer than 30 s between tries, and returns nil soon after ctx ends;
//  2. Up is called after every connect, only when the broker has granted every
//     subscription; a refused one is reported to Down;
//  3. Up, Receive and Down are called one at a time, messages of one topic in
//     order; they may call Send;
//  4. Send returns nil when the broker has taken the message and an error when
//     ctx ends or the connection is not up or is lost first, or the message
//     does not pass [Message.Check]; nil is no promise that anybody received it;
//  5. a message sent as Retained is given to every later subscriber, the newest
//     only, and an empty payload takes it away;
//  6. the will is sent when the process dies or the network is cut, and not
//     when ctx ends;
//  7. messages are whole or not there, and may come twice.
type Link interface {
	Run(ctx context.Context, s Session) error
	Send(ctx context.Context, m Message) error
}
