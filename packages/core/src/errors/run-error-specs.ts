import type { ErrorSpec } from './define-errors.ts'

export const runErrorSpecs = {
  YAMA_LOCK_BUSY: {
    message: 'Another run holds the lock {key}: {holder}. It was waited for {waited} ms; no statement was run.',
    hint: 'Wait for it to end, or give a longer `--lock-wait`.',
    explain: 'Only one run at a time may change a database. The holder is named as far as the database shows it.',
    exit: 6,
  },
  YAMA_DIRECT_URL_NEEDED: {
    message: '{place}: this statement of {id} cannot run through the transaction pooler at {host}: {why}.{others} No statement was run.',
    hint: 'Set `directUrl` of the environment to the database itself; the application keeps `url`. Where no pooler is in between, say `pooler: false`.',
    explain:
      'A transaction pooler gives each transaction whatever session is free. What runs outside a transaction, or leaves something in its session, would lose the lock or leak into the sessions of others; so it is refused before anything runs.',
    exit: 78,
  },
  YAMA_LOCK_FREE: {
    message: 'Nobody holds the lock {key}. Nothing was changed.',
    hint: 'Run `yama up`; there is nothing in its way.',
    explain: 'A release takes the lock from somebody. Where nobody has it, there is nothing to release.',
    exit: 64,
  },
  YAMA_LOCK_ALIVE: {
    message: 'The lock {key} was not released, for its holder is alive: {holder}. Evidence: {evidence}.',
    hint: 'Wait for it, or stop it there. Where it must end now, add `--force`: it is fenced out and its session is ended.',
    explain:
      'A holder that is alive may be inside a statement. Taking the lock from it stops its work at the next commit, and what cannot be rolled back may be left half done; so it is done only when asked for in so many words.',
    exit: 6,
  },
  YAMA_LOCK_WRITING: {
    message: 'The lock {key} was not released, for its holder is inside a transaction that nothing ended: {holder}. Nothing was changed.',
    hint: 'Wait until the transaction ends, or end its session on the server itself (`pg_terminate_backend`), and release the lock again.',
    explain:
      'A run holds the row of the fence inside each of its transactions. Where its session can be seen it is ended first; behind a transaction pooler the server does not show which session is whose, and a rollback of much work takes its time.',
    exit: 6,
  },
  YAMA_LOCK_CHANGED: {
    message: 'The lock {key} has changed hands while it was to be released: {holder}. It was left as it is.',
    hint: 'Look again with `yama lock status`.',
    explain: 'A release is meant for the holder that was seen. If another one has the lock by now, that one is not touched.',
    exit: 6,
  },
  YAMA_LOCK_LOST: {
    message: 'Another run has taken the lock over; it was noticed at {id}. {effects}',
    hint: 'Run `yama status` to see what the other run has done, then run again.',
    explain:
      "Every commit checks that the lock is still this run's own. A run that was stopped for a long time, or a connection that broke, loses it.",
    exit: 6,
  },
  YAMA_PLAN_STALE: {
    message: 'The database has changed since this plan was made: {what}. No statement was run.',
    hint: 'Make the plan again and review it.',
    explain:
      'A plan is valid for exactly the set of migrations that was applied when it was made. Another run has changed this set, or the plan was edited.',
    exit: 4,
  },
  YAMA_CONFIRM_NEEDED: {
    message: 'The plan loses data: {losses}. No statement was run.',
    hint: 'Where that is meant, confirm exactly this plan with `--confirm {digest}`.',
    explain:
      'A plan that may lose data runs only when a person gives its digest. A plan that has changed since has another digest. Where a statement by hand looks like a loss and is none, `-- yama:loses nothing` in front of it says so.',
    exit: 4,
  },
  YAMA_CONFIRM_WRONG: {
    message: 'The confirmed digest {given} is not the digest {digest} of this plan. No statement was run.',
    hint: 'Look at the plan again and confirm with `--confirm {digest}`.',
    explain: 'A confirmation holds for one plan only. Files or the database have changed since it was given.',
    exit: 4,
  },
  YAMA_MIGRATION_FAILED: {
    message:
      '{place}: {reason} The migration {id} was {direction} and nothing of it is kept; {done} of {total} migrations of this run are done.',
    hint: '{advice}',
    explain:
      'The database refused a statement, and everything of this migration was rolled back. The state is clean: correct the file and run again.',
    exit: 8,
  },
  YAMA_MIGRATION_PARTIAL: {
    message:
      '{place}: {reason} The migration {id} was {direction} and is partly done: {effects} {done} of {total} migrations of this run are done.',
    hint: '{advice} The next run goes on at this statement; `yama recover` shows what is known, and `yama recover --undo` takes back what was done.',
    explain:
      'A statement failed that cannot be rolled back, or an earlier statement of the migration was committed already. The message names what took effect. What stands in the file from the failed statement on may be corrected; the statements before it must stay.',
    exit: 9,
  },
  YAMA_RUN_ABORTED: {
    message: 'The run was stopped while {id} ran. {effects} {done} of {total} migrations of this run are done.',
    hint: 'Run again to continue.',
    explain: 'The run was interrupted by a signal. What was finished is recorded; the current transaction was rolled back.',
    exit: 130,
  },
  YAMA_RUN_DISCONNECTED: {
    message: 'The connection broke while {id} ran: {reason}. {state}; {done} of {total} migrations of this run are done.',
    hint: '{advice}',
    explain:
      'A transaction whose COMMIT was not answered may have been committed. The history row is in the same transaction, so its presence decides: a new connection looks for it, once the server is rid of the old session. A statement outside a transaction may go on in the server; its intent is recorded, and the next run asks before it does anything.',
    exit: 69,
  },
  YAMA_RUN_FAILOVER: {
    message:
      'The connection broke while {id} ran: {reason}. The server that answers now takes no changes: a failover. {state}; {done} of {total} migrations of this run are done.',
    hint: 'Connect to the new primary, run `yama status` there, then run again.',
    explain:
      'A new connection reached a standby. Where changes are copied to it with a delay, what was committed last may be missing on the new primary; its history says what is there, and the next run goes on from that.',
    exit: 69,
  },
  YAMA_RUN_READ_ONLY: {
    message: 'The database became read-only while {id} ran: {reason} {effects} {done} of {total} migrations of this run are done.',
    hint: 'Connect to the primary, or allow changes again, then run again.',
    explain: 'The server refused a change because it, the session or the file takes none. Nothing was recorded after it.',
    exit: 77,
  },
  YAMA_RUN_DISK_FULL: {
    message: 'The database has no space left; {id} ran into it: {reason} {effects} {done} of {total} migrations of this run are done.',
    hint: 'Free space where the server keeps its data and its temporary files, then run again.',
    explain:
      'A statement needs space for what it writes and for undoing it. What was in a transaction is rolled back; the statement itself is not wrong.',
    exit: 8,
  },
  YAMA_HISTORY_WRITE: {
    message: 'The history of {id} could not be written: {reason}. {effects}',
    hint: 'Check the rights of this user on the history tables, then run again.',
    explain: 'The work of a migration and its row in the history are committed together, or not at all.',
    exit: 8,
  },
  YAMA_RUN_INCOMPLETE: {
    message: 'The run ended without an error, and the history does not agree with it: {ids}.',
    hint: 'Look at `yama status` and `yama history`; another process may have changed the history.',
    explain: 'After each run the history is read again and compared with the plan. A difference is never reported as success.',
    exit: 1,
  },
  YAMA_BASELINE_APPLIED: {
    message: 'The migration {id} is {status} already. Nothing was recorded.',
    hint: 'Run `yama status` to see what is pending.',
    explain: 'A baseline records migrations which are not in the history yet.',
    exit: 64,
  },
  YAMA_REPAIR_NOT_NEEDED: {
    message: 'There is nothing to repair at {id}: {why}. Nothing was recorded.',
    hint: 'Run `yama status` to see what is wrong.',
    explain: 'Each repair is an event in the log; one that changes nothing would only mislead its readers.',
    exit: 64,
  },
  YAMA_PIN_SAME: {
    message: 'The database belongs to the environment {environment} already. Nothing was recorded.',
    hint: 'Name another one with `--env`.',
    explain: '`yama pin` gives a restored copy of a database to another environment. Here there is nothing to change.',
    exit: 64,
  },
  YAMA_TAG_NAME: {
    message: 'A tag cannot be called {name}. Nothing was recorded.',
    hint: 'Use letters, digits, `.`, `-`, `_` and `/`, beginning with a letter or digit, up to 100 characters.',
    explain: 'Tags are targets on the command line, so they must not look like `+1`, a time or an option.',
    exit: 64,
  },
  YAMA_TAG_EXISTS: {
    message: 'The tag {name} exists already, at {heads}. Nothing was recorded.',
    hint: 'Choose another name, or move it with `--force`.',
    explain: 'A tag says where the database stood at a release. Moving one silently would change what `down --to tag:{name}` reverts.',
    exit: 64,
  },
  YAMA_AUDIT_BROKEN: {
    message: 'The log of this database is broken: {finding} ({count} finding(s) in all). Nothing was changed.',
    hint: 'Run `yama audit verify` for the whole list, and compare with an export or a backup.',
    explain:
      'Every event is hashed over the one before it. A row that was changed, deleted, moved or added by anybody but Yama does not fit, and is named. A state is not rebuilt from such a log.',
    exit: 10,
  },
  YAMA_AUDIT_STATE: {
    message: 'The state of {id} is not what the log leads to: {finding}. Nothing was changed.',
    hint: 'Find out who changed the table; `yama repair rebuild-state --reason …` makes the state again from the log.',
    explain:
      'The table of migrations follows from the log of events. A row that says something else was changed by hand, or restored from another moment than the log.',
    exit: 10,
  },
  YAMA_REASON_MISSING: {
    message: 'The reason is empty. Nothing was recorded.',
    hint: 'Give it with `--reason "why"`.',
    explain: 'A baseline or a repair changes what the history says without running anything. Its reason is all that a later reader has.',
    exit: 64,
  },
  YAMA_RECOVER_EDITED: {
    message: 'The file {file} was changed after statement {n} of {id} ran. What ran: {sql}. No statement was run.',
    hint: 'Put the statements that ran back as they were, and change only what comes after them; or undo with `yama recover --undo`.',
    explain:
      'A migration whose run did not end goes on where it stopped. Its finished statements must stand in the file as they were run; those that are still to come may be corrected.',
    exit: 4,
  },
  YAMA_RECOVER_RUNNING: {
    message: 'The earlier run of {id} has died, and the server is still at its statement {n}: {why}. No statement was run.',
    hint: 'Wait for it to end, or stop that session on the server; then run again.',
    explain: 'A server goes on with a statement after its client is gone. Running it again beside itself would do it twice.',
    exit: 6,
  },
  YAMA_RECOVER_UNDO: {
    message: 'What took effect of {id} cannot be undone by itself: {why}. No statement was run.',
    hint: 'Finish it with `yama recover --continue`, or undo it by hand and run `yama recover --mark reverted --reason …`.',
    explain:
      'The way back of a file undoes the whole. A part is undone only where the way back mirrors the way there statement by statement.',
    exit: 9,
  },
  YAMA_RECOVER_NOTHING: {
    message: 'There is nothing to recover: every run has ended. No statement was run.',
    hint: 'Run `yama status` to see what is pending.',
    explain: 'Only a migration that was begun and has no recorded end can be finished or undone.',
    exit: 64,
  },
  YAMA_STEP_LEFT: {
    message: 'It failed and left something: {what}',
    hint: 'Run `yama recover` to see how its objects are now.',
    explain:
      'A statement that failed outside a transaction is compared with what its objects were before. Where they differ, or where its text does not say what it does, its effect is not known.',
    exit: 9,
  },
  YAMA_DATABASE_READ_ONLY: {
    message: 'The database {database} on {host} is read-only. No statement was run.',
    hint: 'Connect to the primary server, or give this user the right to write the file.',
    explain: 'A standby or a database opened for reading takes no changes.',
    exit: 77,
  },
} as const satisfies Record<string, ErrorSpec>
