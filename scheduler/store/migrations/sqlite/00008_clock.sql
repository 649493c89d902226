-- +goose Up
-- A line about the station's clock is of no airing: the table is made anew
-- without that demand.
CREATE TABLE asrun_new (
    station  TEXT    NOT NULL,
    log      TEXT    NOT NULL,
    number   BIGINT  NOT NULL,
    hash     TEXT    NOT NULL,
    previous TEXT    NOT NULL,
    airing   TEXT    REFERENCES airings (id),
    body     TEXT    NOT NULL,
    received BIGINT  NOT NULL,
    chain_ok BOOLEAN NOT NULL DEFAULT TRUE, -- FALSE once previous is known to be another line's
    untimed  TEXT    NOT NULL DEFAULT '',   -- the boot of a line that was written before the time was known in it
    PRIMARY KEY (station, log, number),
    FOREIGN KEY (station, log) REFERENCES logs (station, log)
);
INSERT INTO asrun_new (station, log, number, hash, previous, airing, body, received, chain_ok, untimed)
    SELECT station, log, number, hash, previous, airing, body, received, chain_ok,
        CASE WHEN COALESCE(json_extract(body, '$.clock.uncertainty'), 0) > 0 THEN ''
            ELSE COALESCE(json_extract(body, '$.clock.boot'), '') END
    FROM asrun;
DROP TABLE asrun;
ALTER TABLE asrun_new RENAME TO asrun;
CREATE INDEX asrun_airing ON asrun (airing);
CREATE INDEX asrun_broken ON asrun (station, log) WHERE NOT chain_ok;
CREATE INDEX asrun_untimed ON asrun (station, untimed) WHERE untimed <> '';

-- When a station first learnt the time in a boot, by the clock that counts from
-- that boot and by the true one.
CREATE TABLE syncs (
    station     TEXT   NOT NULL REFERENCES stations (id),
    boot        TEXT   NOT NULL,
    monotonic   BIGINT NOT NULL, -- nanoseconds since the boot
    at          BIGINT NOT NULL,
    uncertainty BIGINT NOT NULL, -- nanoseconds
    PRIMARY KEY (station, boot)
);

ALTER TABLE logs ADD COLUMN lost BIGINT NOT NULL DEFAULT 0; -- the last line that had to make room at the station

-- What the station says besides; the first two where started and ended were re-timed.
ALTER TABLE airings ADD COLUMN said_started  BIGINT NOT NULL DEFAULT 0;
ALTER TABLE airings ADD COLUMN said_ended    BIGINT NOT NULL DEFAULT 0;
ALTER TABLE airings ADD COLUMN stalls        BIGINT NOT NULL DEFAULT 0;
ALTER TABLE airings ADD COLUMN quiet         BIGINT NOT NULL DEFAULT 0;
ALTER TABLE airings ADD COLUMN interruptions BIGINT NOT NULL DEFAULT 0;
ALTER TABLE airings ADD COLUMN filled        TEXT   NOT NULL DEFAULT '';
ALTER TABLE airings ADD COLUMN filled_for    BIGINT NOT NULL DEFAULT 0;
ALTER TABLE airings ADD COLUMN heard_back    TEXT   NOT NULL DEFAULT '';
