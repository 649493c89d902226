-- +goose Up
ALTER TABLE stations ADD COLUMN languages TEXT    NOT NULL DEFAULT 'null';
ALTER TABLE stations ADD COLUMN retired   BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE airings ADD COLUMN piece      TEXT NOT NULL DEFAULT ''; -- '' for an item
ALTER TABLE airings ADD COLUMN makes_good TEXT NOT NULL DEFAULT ''; -- the airing that this one makes good
CREATE INDEX airings_makes_good ON airings (makes_good) WHERE makes_good <> '';

CREATE TABLE rules (
    id   TEXT PRIMARY KEY,
    area TEXT NOT NULL REFERENCES areas (id),
    body TEXT NOT NULL
);

CREATE TABLE holidays (
    id   TEXT PRIMARY KEY,
    body TEXT NOT NULL
);

-- The public holidays of the Labour Code, Article 112, to be edited like any
-- other. For Quốc khánh it gives 2 September and the day before or after it,
-- and for Tết five days: which they are is announced year by year.
INSERT INTO holidays (id, body) VALUES
    ('tet-duong-lich', '{"id":"tet-duong-lich","name":"Tết Dương lịch","month":1,"day":1,"days":1}'),
    ('tet-nguyen-dan', '{"id":"tet-nguyen-dan","name":"Tết Nguyên đán","month":1,"day":1,"lunar":true,"days":5,"before":1}'),
    ('gio-to', '{"id":"gio-to","name":"Giỗ Tổ Hùng Vương","month":3,"day":10,"lunar":true,"days":1}'),
    ('chien-thang', '{"id":"chien-thang","name":"Ngày Chiến thắng","month":4,"day":30,"days":1}'),
    ('quoc-te-lao-dong', '{"id":"quoc-te-lao-dong","name":"Ngày Quốc tế Lao động","month":5,"day":1,"days":1}'),
    ('quoc-khanh', '{"id":"quoc-khanh","name":"Quốc khánh","month":9,"day":2,"days":2,"before":1}');

CREATE TABLE selections (
    id         TEXT PRIMARY KEY,
    area       TEXT REFERENCES areas (id),
    station    TEXT REFERENCES stations (id),
    programme  TEXT   NOT NULL,
    makes_good TEXT   NOT NULL,
    created    BIGINT NOT NULL,
    past       BIGINT NOT NULL, -- no window of it begins at this instant or later; 0: that never comes
    body       TEXT   NOT NULL
);
CREATE UNIQUE INDEX selections_makes_good ON selections (makes_good) WHERE makes_good <> '';

CREATE TABLE recalls (
    id   TEXT PRIMARY KEY,
    at   BIGINT NOT NULL,
    body TEXT   NOT NULL
);
