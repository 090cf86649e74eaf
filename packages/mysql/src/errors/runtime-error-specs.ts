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
  YAMA_MYSQL_HISTORY_PERMISSION: {
    message: 'User {user} may not {action} the history in database {database}: {reason}.',
    hint: 'For reading: `GRANT SELECT ON {database}.* TO {user}`. For migrating: `GRANT ALL ON {database}.* TO {user}`.',
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
