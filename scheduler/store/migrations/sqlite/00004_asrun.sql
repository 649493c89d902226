-- +goose Up
-- One row for each log of each station: a station that lost its disk begins another.
CREATE TABLE logs (
    station    TEXT   NOT NULL REFERENCES stations (id),
    log        TEXT   NOT NULL,
    since      BIGINT NOT NULL,
    contiguous BIGINT NOT NULL, -- every line from 1 to here is held
    complete   BIGINT NOT NULL, -- the furthest claim whose lines are all held
    PRIMARY KEY (station, log)
);

-- How far a log says it reaches, where lines it rests on have not come yet.
CREATE TABLE claims (
    station TEXT   NOT NULL,
    log     TEXT   NOT NULL,
    number  BIGINT NOT NULL,
    through BIGINT NOT NULL,
    PRIMARY KEY (station, log, number),
    FOREIGN KEY (station, log) REFERENCES logs (station, log)
);

CREATE TABLE asrun (
    station  TEXT    NOT NULL,
    log      TEXT    NOT NULL,
    number   BIGINT  NOT NULL,
    hash     TEXT    NOT NULL,
    previous TEXT    NOT NULL,
    airing   TEXT    NOT NULL REFERENCES airings (id),
    body     TEXT    NOT NULL,
    received BIGINT  NOT NULL,
    chain_ok BOOLEAN NOT NULL DEFAULT TRUE, -- FALSE once previous is known to be another line's
    PRIMARY KEY (station, log, number),
    FOREIGN KEY (station, log) REFERENCES logs (station, log)
);
CREATE INDEX asrun_airing ON asrun (airing);
CREATE INDEX asrun_broken ON asrun (station, log) WHERE NOT chain_ok;

-- Lines kept apart for a person to see. The number is the station's unsigned one, bit for bit.
CREATE TABLE quarantine (
    station  TEXT   NOT NULL,
    log      TEXT   NOT NULL,
    number   BIGINT NOT NULL,
    hash     TEXT   NOT NULL,
    reason   TEXT   NOT NULL,
    body     TEXT   NOT NULL,
    received BIGINT NOT NULL,
    PRIMARY KEY (station, log, number, hash),
    FOREIGN KEY (station, log) REFERENCES logs (station, log)
);
