import type { ErrorSpec } from '@yama/core'

export const runtimeErrorSpecs = {
  YAMA_POSTGRES_CLOSED: {
    message: 'The connection to {database} is closed; no statement was run.',
    hint: 'Connect again.',
    explain: 'A connection was used after it was disposed of. This is a mistake in the program which uses it.',
    exit: 1,
  },
  YAMA_POSTGRES_PARAMETER: {
    message: 'The statement uses the parameter ${number}, and {given} were given. It was not run.',
    hint: 'Give one value for each parameter.',
    explain: 'In a batch the values of parameters are written into the statement as quoted literals, so each one must be there.',
    exit: 1,
  },
  YAMA_POSTGRES_COMMIT_ROLLED_BACK: {
    message: 'The transaction was rolled back at its end: a statement in it had failed before. Nothing of it is kept.',
    hint: 'Do not go on after a statement of the transaction has failed, or use a savepoint.',
    explain:
      'PostgreSQL answers COMMIT with ROLLBACK when a statement of the transaction failed and the error was swallowed. Yama never reports that as success.',
    exit: 8,
  },
  YAMA_POSTGRES_INVALID_INDEX: {
    message:
      'The index {index} on {table} is INVALID: its concurrent build did not finish. It is not used by queries and slows down writes.',
    hint: 'Remove it with `DROP INDEX CONCURRENTLY IF EXISTS {index};`, correct the cause, and run again.',
    explain:
      'CREATE INDEX CONCURRENTLY cannot be rolled back. When it fails (duplicate values, a lock timeout, a cancelled statement) it leaves an index which is maintained and never used, and IF NOT EXISTS then takes it for a finished one.',
    exit: 9,
  },
  YAMA_POSTGRES_HISTORY_PERMISSION: {
    message: 'User {user} may not {action} the history in schema {schema}: {reason}.',
    hint: 'For reading: `GRANT USAGE ON SCHEMA {name} TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA {name} TO {role};`. For migrating, connect as the owner of the schema.',
    explain: 'Status and plan need USAGE on the schema of the history and SELECT on its tables. Running migrations needs to write them.',
    exit: 77,
  },
  YAMA_POSTGRES_HISTORY_FORMAT: {
    message: 'The history in schema {schema} has format {found}; this version of Yama knows formats up to {known}. Nothing was changed.',
    hint: 'Use the version of Yama that wrote it, or a newer one.',
    explain: 'The tables which hold the history are upgraded by newer versions and never downgraded.',
    exit: 78,
  },
  YAMA_POSTGRES_LOCK_TABLES: {
    message: 'The lock {key} cannot be taken: the history in schema {schema} does not exist yet. No statement was run.',
    hint: 'Create the history first; `yama up` does so by itself.',
    explain: 'The lock has its fence and its lease in the tables of the history. This is a mistake in the program which takes the lock.',
    exit: 1,
  },
  YAMA_POSTGRES_OBJECTS_REMAIN: {
    message: 'Objects could not be removed from {database}: {reason}.',
    hint: 'Connect as their owner or as a superuser.',
    explain: 'Clearing removes what the scope names. What belongs to another role cannot be removed.',
    exit: 77,
  },
} as const satisfies Record<string, ErrorSpec>
