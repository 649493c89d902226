-- +goose Up
CREATE TABLE schedules (
    station  TEXT   NOT NULL REFERENCES stations (id),
    revision BIGINT NOT NULL,
    by       TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    body     TEXT   NOT NULL,
    sealed   BLOB   NOT NULL, -- the signed envelope, byte for byte as it was sent
    PRIMARY KEY (station, revision)
);

CREATE TABLE airings (
    id         TEXT PRIMARY KEY,
    station    TEXT    NOT NULL REFERENCES stations (id),
    programme  TEXT    NOT NULL,
    playlist   TEXT    NOT NULL,
    entry      BIGINT  NOT NULL,
    class      TEXT    NOT NULL,
    start      BIGINT  NOT NULL,
    duration   BIGINT  NOT NULL,
    grace      BIGINT  NOT NULL,
    recording  TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    digest     TEXT    NOT NULL,
    approver   TEXT    NOT NULL,
    directive  TEXT    NOT NULL,
    topic      BIGINT  NOT NULL,
    revision   BIGINT  NOT NULL,
    withdrawn  BOOLEAN NOT NULL DEFAULT FALSE,
    -- what the station says, worked out anew from its lines whenever one comes
    started    BIGINT  NOT NULL DEFAULT 0,
    ended      BIGINT  NOT NULL DEFAULT 0,
    sounded    BIGINT  NOT NULL DEFAULT 0,
    outcome    TEXT    NOT NULL DEFAULT '',
    reason     TEXT    NOT NULL DEFAULT '',
    detail     TEXT    NOT NULL DEFAULT '',
    evidence   BIGINT  NOT NULL DEFAULT 0,
    card       TEXT    NOT NULL DEFAULT '',
    -- what a person says
    waived_by  TEXT    NOT NULL DEFAULT '',
    waived_why TEXT    NOT NULL DEFAULT '',
    waived_at  BIGINT  NOT NULL DEFAULT 0
);
CREATE INDEX airings_start ON airings (start);
CREATE INDEX airings_station ON airings (station, start);
CREATE INDEX airings_directive ON airings (directive, start);
