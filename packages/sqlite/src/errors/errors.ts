import { defineErrors } from '@yama/core'

/** Every error of the SQLite dialect. Codes are permanent. */
export const sqliteErrors = defineErrors({
  YAMA_SQLITE_DRIVER_MISSING: {
    message: 'The SQLite driver better-sqlite3 cannot be loaded: {reason}.',
    hint: 'Run `npm install better-sqlite3` in the project, then try again.',
    explain:
      'Yama loads a database driver only when it connects, and leaves it to the project which drivers are installed. better-sqlite3 brings a prebuilt binary for most platforms; where there is none, npm builds it and needs a C++ toolchain.',
    exit: 78,
  },
  YAMA_CONNECT_SQLITE_URL: {
    message: 'The SQLite URL {url} is not understood.',
    hint: 'Use `sqlite:./dev.db`, `sqlite:/absolute/path.db`, `sqlite::memory:` or `file:…`.',
    explain: 'A SQLite URL is a path after `sqlite:` or `file:`. The only parameter is `?mode=ro`, which opens the file for reading only.',
    exit: 78,
  },
  YAMA_CONNECT_SQLITE_DIRECTORY: {
    message: 'The directory {directory} of the SQLite database {file} does not exist.',
    hint: 'Create it with `mkdir -p {directory}`, or correct the URL.',
    explain:
      'SQLite creates a missing file, never a missing directory. A wrong path is more likely than a wish for a new one, so Yama does not create it either.',
    exit: 69,
  },
  YAMA_CONNECT_SQLITE_NOT_A_DATABASE: {
    message: 'The file {file} is not a SQLite database, or it is encrypted.',
    hint: 'Check the path in the URL; `file {file}` shows what it is.',
    explain: 'The first bytes of the file are not the header of a SQLite database. Nothing was written to it.',
    exit: 65,
  },
  YAMA_CONNECT_SQLITE_PERMISSION: {
    message: 'The SQLite database {file} cannot be opened: permission denied.',
    hint: 'Give this user read and write permission on the file and on its directory, where SQLite keeps its journal.',
    explain: 'SQLite writes its journal beside the database, so the directory must be writable as well as the file.',
    exit: 77,
  },
  YAMA_CONNECT_SQLITE_BUSY: {
    message: 'Another process holds the SQLite database {file}, so that it cannot even be read. No statement was run.',
    hint: 'Wait for it to end, or find it with `fuser {file}`.',
    explain:
      'SQLite locks the whole file. A process with an exclusive lock, in the middle of a large transaction for example, keeps every other one out; WAL mode (`PRAGMA journal_mode = WAL`) lets readers in.',
    exit: 6,
  },
  YAMA_SQLITE_BUSY: {
    message: 'Another process kept the SQLite database {file} locked for {waited}, and the statement was given up. Nothing of it was run.',
    hint: 'Wait for the other one to end, find it with `fuser {file}`, or wait longer with `--lock-wait`.',
    explain:
      'SQLite locks the whole file for one writer, and without WAL mode a writer that commits keeps readers out too. Yama tries again for as long as `--lock-wait` says (`busyTimeoutMs` in code), at least a second; then it gives up.',
    exit: 6,
  },
  YAMA_CONNECT_SQLITE_OPEN: {
    message: 'The SQLite database {file} cannot be opened: {reason}.',
    hint: 'Check that the path names a file which this user may read and write.',
    explain: 'SQLite could not open the file, for the reason that it gives itself.',
    exit: 69,
  },
  YAMA_SQLITE_CLOSED: {
    message: 'The connection to {database} is closed; no statement was run.',
    hint: 'Connect again.',
    explain: 'A connection was used after it was disposed of. This is a mistake in the program which uses it.',
    exit: 1,
  },
  YAMA_SQLITE_ROLLBACK_STATEMENT: {
    message: 'The statement `{statement}` would end the transaction of the migration. Nothing of this migration is kept.',
    hint: 'Remove it, or put `-- transaction: none` into the header of the file and handle transactions there.',
    explain:
      'Yama runs a migration and its history row in one transaction. BEGIN and COMMIT of the file are not needed and are passed over; a ROLLBACK would undo work which the history then reports as done.',
    exit: 8,
  },
  YAMA_SQLITE_FOREIGN_KEY_CHECK: {
    message: 'The migration leaves rows without their parent: {violations}. It was rolled back, nothing is changed.',
    hint: 'Repair or delete these rows in the same migration, before its end.',
    explain:
      'A migration which drops or rebuilds a table runs with foreign keys switched off, as SQLite documents it, so that no cascade deletes child rows. Before its commit `PRAGMA foreign_key_check` is compared with the state before; violations that are new refuse the migration. ON DELETE actions do not run in such a migration: move a DELETE that relies on them into a migration of its own.',
    exit: 8,
  },
  YAMA_SQLITE_FOREIGN_KEYS_STUCK: {
    message:
      'The connection to {database} does not let foreign keys be switched off, which rebuilding a table needs. No statement was run.',
    hint: 'Run this migration over a connection of its own, outside any open transaction.',
    explain:
      'With foreign keys on, dropping the old table of a rebuild deletes the rows of child tables. Yama reads the pragma back after switching it off and refuses where it is still on.',
    exit: 8,
  },
  YAMA_SQLITE_BROKEN_OBJECTS: {
    message: 'The migration leaves objects which SQLite can no longer use: {objects}. It was rolled back, nothing is changed.',
    hint: 'Drop or change them in the same migration.',
    explain:
      'A rebuild of a table leaves views and triggers as they are. SQLite would notice only when they are used that a column is gone which they name, so Yama lets it compile each of them before the commit. What was broken before the migration does not count.',
    exit: 8,
  },
  YAMA_SQLITE_REBUILD_ROWS: {
    message: 'The rebuild of table {table} copied {copied} of {expected} rows. It was rolled back, nothing is changed.',
    hint: 'Look for INSERT OR IGNORE or a WHERE in the edited migration.',
    explain: 'Before a rebuilt table replaces the old one, their rows are counted. A difference means that the copy lost or doubled rows.',
    exit: 8,
  },
})
