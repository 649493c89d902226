package scheduler

// Correction is one thing that a person puts right in the reading of a letter
// before confirming it. Exactly one field beside By is set.
type Correction struct {
	By        string          `json:"by,omitempty"`        // the person
	Head      *HeadWords      `json:"head,omitempty"`      // the letterhead, whole
	Topic     *TopicWords     `json:"topic,omitempty"`     // what a topic says
	Split     *TopicSplit     `json:"split,omitempty"`     // one topic becomes two
	Merge     *TopicMerge     `json:"merge,omitempty"`     // two topics become one
	Drop      *TopicDrop      `json:"drop,omitempty"`      // a topic is none
	Add       *TopicAdd       `json:"add,omitempty"`       // a topic was overlooked
	Citations *TopicCitations `json:"citations,omitempty"` // the documents, whole
	Demands   *TopicDemands   `json:"demands,omitempty"`   // the demands, whole
}

// HeadWords are the fields of a letterhead as they should be.
type HeadWords struct {
	Kind      string    `json:"kind"`
	Number    string    `json:"number"`
	Date      Date      `json:"date"`
	Issuer    string    `json:"issuer"`
	Subject   string    `json:"subject"`
	Signatory Signatory `json:"signatory"`
}

// TopicWords are a topic's title and text as they should be.
type TopicWords struct {
	Topic   int    `json:"topic"` // its ordinal
	Section string `json:"section"`
	Title   string `json:"title"`
	Text    string `json:"text"`
}

// TopicSplit cuts a topic in two at a byte of the letter's text inside it, or
// before the words that the second part is to begin with.
type TopicSplit struct {
	Topic  int    `json:"topic"`
	At     int    `json:"at,omitempty"`
	Before string `json:"before,omitempty"`
}

// TopicMerge joins a topic to the one before it.
type TopicMerge struct {
	Topic int `json:"topic"`
}

// TopicDrop takes a topic out.
type TopicDrop struct {
	Topic int `json:"topic"`
}

// TopicAdd makes a topic of a stretch of the letter, or of words that a person
// gives when Span is empty. Words that stand in the letter get their span.
type TopicAdd struct {
	Span  Span   `json:"span,omitzero"`
	Words string `json:"words,omitempty"`
}

// TopicCitations are all documents of a topic, or, for topic 0, those that the
// letter cites outside its topics.
type TopicCitations struct {
	Topic     int        `json:"topic"`
	Citations []Citation `json:"citations"`
}

// TopicDemands are all demands on a topic, or, for topic 0, on the whole letter.
type TopicDemands struct {
	Topic   int      `json:"topic"`
	Demands []Demand `json:"demands"`
}
