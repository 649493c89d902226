-- Instants are unix milliseconds in UTC, 0 where there is none. Durations are
-- nanoseconds. Columns named body hold the whole word as JSON; the columns
-- beside it are what is asked for.

-- +goose Up
CREATE TABLE areas (
    id     TEXT PRIMARY KEY,
    name   TEXT NOT NULL,
    parent TEXT REFERENCES areas (id)
);

CREATE TABLE stations (
    id     TEXT PRIMARY KEY,
    name   TEXT   NOT NULL,
    area   TEXT REFERENCES areas (id),
    zone   TEXT   NOT NULL,
    phone  TEXT   NOT NULL,
    volume BIGINT NOT NULL,
    quiet  TEXT   NOT NULL
);
CREATE INDEX stations_area ON stations (area);

CREATE TABLE codes (
    hash    TEXT PRIMARY KEY,
    station TEXT   NOT NULL REFERENCES stations (id),
    expires BIGINT NOT NULL,
    used    BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE states (
    station  TEXT PRIMARY KEY REFERENCES stations (id),
    session  TEXT    NOT NULL,
    online   BOOLEAN NOT NULL,
    body     TEXT    NOT NULL,
    received BIGINT  NOT NULL
);
