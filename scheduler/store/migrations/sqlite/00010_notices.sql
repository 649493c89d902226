-- +goose Up
-- What has been announced already, or was seen to need no word, by a name of its
-- own: "ahead/PROGRAMME/START/AHEAD" of a checkpoint, "gone/STATION/START" of a
-- station that was gone from a window.
CREATE TABLE announced (
    key TEXT PRIMARY KEY,
    at  BIGINT NOT NULL
);

CREATE TABLE notices (
    id   INTEGER PRIMARY KEY,
    kind TEXT   NOT NULL,
    at   BIGINT NOT NULL,
    body TEXT   NOT NULL
);

-- One row for each channel of a notice, until the channel has taken it.
CREATE TABLE deliveries (
    notice   INTEGER NOT NULL REFERENCES notices (id),
    channel  TEXT    NOT NULL,
    tries    BIGINT  NOT NULL DEFAULT 0,
    due      BIGINT  NOT NULL,            -- when it is next tried
    done     BIGINT  NOT NULL DEFAULT 0,  -- when the channel took it, or it was given up
    given_up BOOLEAN NOT NULL DEFAULT FALSE,
    trouble  TEXT    NOT NULL DEFAULT '', -- why the last try came to nothing
    PRIMARY KEY (notice, channel)
);
CREATE INDEX deliveries_due ON deliveries (due) WHERE done = 0;
