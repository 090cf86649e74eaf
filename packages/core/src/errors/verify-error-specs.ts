import type { ErrorSpec } from './define-errors.ts'

/** What `yama verify` finds. */
export const verifyErrorSpecs = {
  YAMA_VERIFY_INDEX: {
    message: '{object}: {detail}.',
    hint: 'Drop it and build it again, for example with `REINDEX INDEX CONCURRENTLY` or by `yama recover`.',
    explain: 'An index whose build failed or was interrupted stays behind and is kept up to date, and no query may use it.',
    exit: 10,
  },
  YAMA_VERIFY_CONSTRAINT: {
    message: '{object}: {detail}.',
    hint: 'Correct the rows that break it and validate it in a migration: `ALTER TABLE … VALIDATE CONSTRAINT …`.',
    explain:
      'A constraint that was added without looking at the rows that were there holds for new rows only. That is meant between two steps of an online change, and forgotten otherwise.',
    exit: 10,
  },
  YAMA_VERIFY_REFERENCE: {
    message: '{object}: {detail}.',
    hint: 'Find them with a LEFT JOIN and correct them in a migration.',
    explain: 'A foreign key is there, and rows break it: they came in while the server did not check.',
    exit: 10,
  },
  YAMA_VERIFY_DAMAGED: {
    message: '{object} is damaged: {detail}.',
    hint: 'Bring it back from a backup.',
    explain: 'The check of the file itself found pages or indexes that do not fit together.',
    exit: 10,
  },
  YAMA_VERIFY_HEAD: {
    message: 'The log does not end where its recorded end is: event {recorded}, and the last one is {last}.',
    hint: 'Run `yama audit verify`.',
    explain: 'Every run moves the recorded end together with its events. Somebody deleted or added rows of the log.',
    exit: 10,
  },
  YAMA_VERIFY_STATE: {
    message: 'The schema is not what {origin} left: {changes}.',
    hint: 'See `yama diff`; where the change is meant, put it into a migration.',
    explain:
      'After each run the schema is stored with the history. It has changed since, past Yama. Without such a snapshot the state that the newest migration states in its header is compared.',
    exit: 10,
  },
  YAMA_VERIFY_QUERY: {
    message: '{place} found {rows} row(s), and none is expected: {sample}.',
    hint: 'Correct the rows, or the query.',
    explain: 'A query of `verify` selects what must not be. Every row that it finds is a mistake in the data.',
    exit: 10,
  },
  YAMA_VERIFY_QUERY_FAILED: {
    message: '{place} cannot be asked: {reason}. Nothing was changed.',
    hint: 'Correct the query; only SELECT (and WITH … SELECT, VALUES, TABLE) is run.',
    explain: 'The queries of `verify` only look. One that would change something is refused, and one that the server refuses is told.',
    exit: 65,
  },
} as const satisfies Record<string, ErrorSpec>
