import { defineErrors } from '@yama/core'

/** Everything that `@yama/drift` says, one entry per code. */
export const driftErrors = defineErrors({
  YAMA_DRIFT_NO_SNAPSHOT: {
    message: 'No run has stored the schema of {environment} yet, so there is nothing to compare it with. Nothing was done.',
    hint: 'Run `yama up`; or take the schema as it is for right with `yama drift baseline --reason "…"`.',
    explain:
      'Each run stores the schema that it left. In a database that was recorded with `yama baseline`, or whose runs were made by an older version, there is none yet.',
    exit: 78,
  },
  YAMA_DRIFT_OTHER_SERVER: {
    message: 'The stored schema was printed by {stored}, and the server is {found} now: they cannot be compared. Nothing was done.',
    hint: 'Compare with the files first (`yama diff migrations env:{environment}`), then store it anew with `yama drift baseline --reason "…"`.',
    explain:
      'Servers of different versions print the same schema differently. After an upgrade the schema is stored anew by the next run, or by `yama drift baseline`.',
    exit: 78,
  },
  YAMA_DRIFT_IGNORE_INVALID: {
    message: '{file} cannot be used: {problem}. Nothing was done.',
    hint: 'Each entry has an object, a reason and a day as until; `yama drift ignore` writes one.',
    explain: 'The file lists what may differ from the history, each with a reason and the last day on which that holds.',
    exit: 65,
  },
  YAMA_DRIFT_IGNORE_EXPIRED: {
    message: '{object} counts again: it was ignored until {until} ({reason}).',
    hint: 'Adopt or repair it, or say anew how long it may stay: `yama drift ignore "{object}" --reason "…" --until DATE`.',
    explain: 'What is ignored is ignored for a time, so that it is not forgotten.',
    exit: 2,
  },
  YAMA_DRIFT_UNKNOWN_OBJECT: {
    message: 'Nothing of the name {object} differs from the history. Nothing was done.',
    hint: '`yama drift` lists what does, by the names that it takes.',
    explain: 'An object is named as `yama drift` prints it: `column users.email`, or `users` for everything on a table.',
    exit: 64,
  },
  YAMA_DRIFT_UNMANAGED: {
    message: '{object} is not in the model, so Yama can neither make nor remove it. Nothing was done.',
    hint: 'Correct it by hand, or ignore it for a time with `yama drift ignore`.',
    explain: 'Some kinds of objects are only named, never changed; docs/reference/coverage.md lists them.',
    exit: 4,
  },
  YAMA_DRIFT_STALE: {
    message: 'The repair that was confirmed ({given}) is not what would run now ({digest}). Nothing was done.',
    hint: 'Look at it again with `yama drift repair`, and confirm what it prints.',
    explain: 'The digest covers the database, its schema and the statements. One of them is different since it was printed.',
    exit: 4,
  },
  YAMA_DRIFT_REPAIR_FAILED: {
    message: 'The repair stopped at "{what}": {reason}. {done} of {count} statement(s) took effect.',
    hint: 'Solve what it says and run `yama drift repair` again: it plans from what is there then.',
    explain: 'A statement was refused. Where the server takes schema changes back with their transaction, nothing of it was kept.',
    exit: 9,
  },
  YAMA_DRIFT_UNREPAIRED: {
    message: 'The statements ran, and {objects} still differs from the history.',
    hint: 'See what is different with `yama drift show`, and report it: the repair should have been complete.',
    explain: 'After a repair the schema is read again and compared. This was not reached.',
    exit: 10,
  },
  YAMA_DRIFT_ADOPT_LATE: {
    message: 'Migrations are pending ({pending}), and files without a header run in the order of their names. Nothing was written.',
    hint: 'Run `yama up` first, then adopt.',
    explain:
      'What is adopted becomes a migration that this database has already. Among plain files it would come after pending ones, which would then be late.',
    exit: 4,
  },
  YAMA_DRIFT_BLOCKS: {
    message: '{objects} was changed by hand, and the plan touches it ({statement}). No statement was run.',
    hint: 'See `yama drift`; adopt or repair it, or run with `--allow-drift "why"`.',
    explain:
      'With `drift: "check"` a run compares the schema with the one that the last run left. A migration was written for what the history made; where that is different, it may fail half-way or do something else.',
    exit: 3,
  },
  YAMA_DRIFT_ELSEWHERE: {
    message: '{count} object(s) were changed by hand, none of which this run touched: {objects}.',
    hint: 'See `yama drift`; adopt, repair or ignore them.',
    explain:
      'With `drift: "check"` a run tells of every difference from the schema that the last run left, and goes on where it does not touch them.',
    exit: 2,
  },
})
