-- +goose Up
-- What a station's last report by hand carried, until the next says what is left.
CREATE TABLE reports (
    station  TEXT PRIMARY KEY REFERENCES stations (id),
    made     BIGINT NOT NULL, -- by the station's clock
    receipts TEXT   NOT NULL
);
