CREATE INDEX notes_written_on ON notes (written_on);
