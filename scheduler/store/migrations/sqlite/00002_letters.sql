-- +goose Up
CREATE TABLE directives (
    seq    INTEGER PRIMARY KEY, -- in the order of arrival
    id     TEXT NOT NULL UNIQUE,
    dated  TEXT NOT NULL,       -- as scheduler.Date writes it
    body   TEXT NOT NULL,
    letter TEXT NOT NULL        -- the text the directive was read from
);

CREATE TABLE obligations (
    id        TEXT PRIMARY KEY,
    directive TEXT   NOT NULL REFERENCES directives (id),
    topic     BIGINT NOT NULL,
    area      TEXT   NOT NULL REFERENCES areas (id),
    body      TEXT   NOT NULL
);
CREATE INDEX obligations_directive ON obligations (directive, topic);
CREATE INDEX obligations_area ON obligations (area);

CREATE TABLE recordings (
    id        TEXT PRIMARY KEY,
    directive TEXT REFERENCES directives (id),
    topic     BIGINT  NOT NULL,
    approved  BOOLEAN NOT NULL,
    created   BIGINT  NOT NULL,
    body      TEXT    NOT NULL
);
CREATE INDEX recordings_directive ON recordings (directive, topic);

CREATE TABLE programmes (
    id   TEXT PRIMARY KEY,
    area TEXT NOT NULL REFERENCES areas (id),
    body TEXT NOT NULL
);
