-- description: Notes, with the day they were written
-- +migrate Up
CREATE TABLE notes (
  id INTEGER PRIMARY KEY,
  body TEXT NOT NULL,
  written_on TEXT NOT NULL DEFAULT CURRENT_DATE
);
-- +migrate Down
DROP TABLE notes;
