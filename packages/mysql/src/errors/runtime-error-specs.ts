import type { ErrorSpec } from '@yama/core'

export const runtimeErrorSpecs = {
  YAMA_MYSQL_CLOSED: {
    message: 'The connection to {database} is closed; no statement was run.',
    hint: 'Connect again.',
    explain: 'A connection was used after it was disposed of. This is a mistake in the program which uses it.',
    exit: 1,
  },
  YAMA_MYSQL_PARAMETER: {
    message: 'The statement has {wanted} placeholders, and {given} values were given. It was not run.',
    hint: 'Give one value for each `?`.',
    explain:
      'The values of parameters are written into the statement as quoted literals, so each one must be there, and none may be left over.',
    exit: 1,
  },
  YAMA_MYSQL_SEVERAL_STATEMENTS: {
    message: 'The text holds {count} statements, and one at a time is run. Nothing of it was run.',
    hint: 'Run them one by one, or split them with `dialect.splitStatements`.',
    explain:
      'A text which grew a second statement by a quoting mistake must not run it. Several statements go to the server together only through `batch`, where each is a text of its own.',
    exit: 1,
  },
  YAMA_MYSQL_IMPLICIT_COMMIT: {
    message: 'The statement `{statement}` would commit the transaction that it is to run in. It was not run.',
    hint: 'Run it outside a transaction; in a migration file this happens by itself.',
    explain:
      'MySQL and MariaDB commit before and after nearly every DDL statement, and after statements such as LOCK TABLES. Inside a transaction that would keep half of the work, in silence, so it is refused before it runs.',
    exit: 8,
  },
  YAMA_MYSQL_TRANSACTION_ENDED: {
    message:
      'The statement `{statement}` ended the transaction which it ran in. It and everything before it in this transaction is committed.',
    hint: 'Look at the database; then move what commits by itself (a CALL of a routine with DDL in it, for example) into a migration with `-- transaction: none`.',
    explain:
      'What a stored routine does cannot be seen beforehand. The server says after each statement whether the transaction is still open, and a transaction that is gone is never reported as one that was committed as a whole.',
    exit: 9,
  },
  YAMA_MYSQL_NO_DATABASE: {
    message: 'The URL for {host} names no database, and migrations belong to one. Nothing was done.',
    hint: 'Write its name behind the host: `mysql://{host}/DATABASE`.',
    explain: 'The history of migrations is kept in tables of the database that they change.',
    exit: 78,
  },
  YAMA_MYSQL_HISTORY_PERMISSION: {
    message: 'User {user} may not {action} the history in database {database}: {reason}.',
    hint: 'For reading: `GRANT SELECT ON {objects} TO {account}`. For migrating: `GRANT ALL ON {objects} TO {account}`.',
    explain: 'Status and plan need SELECT on the tables `yama_…`. Running migrations needs to create and write them.',
    exit: 77,
  },
  YAMA_MYSQL_HISTORY_FORMAT: {
    message:
      'The history in database {database} has format {found}; this version of Yama knows formats up to {known}. Nothing was changed.',
    hint: 'Use the version of Yama that wrote it, or a newer one.',
    explain: 'The tables which hold the history are upgraded by newer versions and never downgraded.',
    exit: 78,
  },
  YAMA_MYSQL_LOCK_TABLES: {
    message: 'The lock {key} cannot be taken: the history in database {database} does not exist yet. No statement was run.',
    hint: 'Create the history first; `yama up` does so by itself.',
    explain: 'The lock has its fence and its lease in the tables of the history. This is a mistake in the program which takes the lock.',
    exit: 1,
  },
} as const satisfies Record<string, ErrorSpec>
