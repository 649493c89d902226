-- +goose Up
-- Readings are corrected in editions and confirmed by a person. The columns
-- beside the body are what corrections are decided by and what hits show.
ALTER TABLE directives ADD COLUMN number     TEXT    NOT NULL DEFAULT '';
ALTER TABLE directives ADD COLUMN subject    TEXT    NOT NULL DEFAULT '';
ALTER TABLE directives ADD COLUMN edition    BIGINT  NOT NULL DEFAULT 0;
ALTER TABLE directives ADD COLUMN confirmed  BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE directives ADD COLUMN revised_by TEXT    NOT NULL DEFAULT ''; -- who made this edition
ALTER TABLE directives ADD COLUMN revised_at BIGINT  NOT NULL DEFAULT 0;
UPDATE directives SET number = COALESCE(body ->> '$.number', ''), subject = COALESCE(body ->> '$.subject', '');
CREATE INDEX directives_key ON directives (number, dated);

-- What obliges stations already was confirmed by whoever had it oblige them;
-- who and when was not kept.
UPDATE directives SET confirmed = TRUE, body = json_set(body, '$.confirmed',
        json_object('by', '(đã giao phát trước khi có bước xác nhận)', 'at', '0001-01-01T00:00:00Z'))
    WHERE id IN (SELECT directive FROM obligations);

CREATE TABLE editions (
    directive TEXT   NOT NULL REFERENCES directives (id),
    edition   BIGINT NOT NULL,
    body      TEXT   NOT NULL,
    by        TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (directive, edition)
);

-- The letters themselves, apart, so that listing readings never touches them.
CREATE TABLE letters (
    directive  TEXT PRIMARY KEY REFERENCES directives (id),
    text       TEXT NOT NULL, -- what the directive was read from
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    digest     TEXT NOT NULL, -- SHA-256 of the file; '' where none is kept
    file       BLOB
);
INSERT INTO letters (directive, text, name, media_type, digest) SELECT id, letter, '', '', '' FROM directives;
ALTER TABLE directives DROP COLUMN letter;

-- What a search can find, in the original spelling.
CREATE TABLE places (
    id        INTEGER PRIMARY KEY,
    directive TEXT   NOT NULL REFERENCES directives (id),
    kind      TEXT   NOT NULL,
    topic     BIGINT NOT NULL,
    text      TEXT   NOT NULL
);
CREATE INDEX places_directive ON places (directive, kind);

-- The words of the places of each kind, by the places' ids, already folded to
-- keys with a blank between them: the tokenizer only parts them again.
CREATE VIRTUAL TABLE letter_words USING fts5 (number, bare, marked,
    content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3');
CREATE VIRTUAL TABLE topic_words USING fts5 (number, bare, marked,
    content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3');
CREATE VIRTUAL TABLE citation_words USING fts5 (number, bare, marked,
    content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3');

-- By which rules the words were folded; a program with others folds them anew.
CREATE TABLE folding (rules BIGINT NOT NULL);
