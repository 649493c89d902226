-- +goose Up
-- Who has had the centre do what, and how it ended: each line holds the digest
-- of the one before. Lines are added at the end and nothing else.
CREATE TABLE audit (
    number   INTEGER PRIMARY KEY CHECK (number > 0),
    at       INTEGER NOT NULL,
    by       TEXT    NOT NULL,
    origin   TEXT    NOT NULL,
    action   TEXT    NOT NULL,
    object   TEXT    NOT NULL,
    area     TEXT    NOT NULL, -- as it was called: it need not exist, or no longer
    status   INTEGER NOT NULL,
    detail   TEXT    NOT NULL,
    left_out INTEGER NOT NULL,
    previous TEXT    NOT NULL,
    hash     TEXT    NOT NULL
) STRICT;
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_by ON audit (by);
CREATE INDEX audit_object ON audit (object);

-- +goose StatementBegin
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is not changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_keeps BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'nothing is taken out of the audit log');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_grows BEFORE INSERT ON audit
WHEN NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM audit)
BEGIN
    SELECT RAISE(ABORT, 'the audit log grows by one line at its end');
END;
-- +goose StatementEnd
