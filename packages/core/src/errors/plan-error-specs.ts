import type { ErrorSpec } from './define-errors.ts'

export const planErrorSpecs = {
  YAMA_TARGET_UNKNOWN: {
    message: 'There is no migration {target}.',
    hint: 'Run `yama graph` for the ids and names that exist.',
    explain: 'A target is an id, a name, a version, or the beginning of an id or a name that only one migration has.',
    exit: 64,
  },
  YAMA_TARGET_AMBIGUOUS: {
    message: 'The target {target} fits several migrations: {candidates}.',
    hint: 'Give the whole id.',
    explain: 'The beginning of an id or name, or a version, must fit exactly one migration.',
    exit: 64,
  },
  YAMA_TARGET_NOT_APPLIED: {
    message: 'The migration {id} is not applied, so nothing can be reverted down to it.',
    hint: 'Choose an applied migration from `yama history`, or `base` for all.',
    explain: 'Reverting down to a migration keeps it and everything it needs; one that is not applied cannot be kept.',
    exit: 64,
  },
  YAMA_TARGET_SKIPPED: {
    message: 'The migration {id} is on the list of skipped migrations, so it is never run.',
    hint: 'Remove it from `skip` in the configuration.',
    explain: 'Skipped migrations stay in the graph, so that others keep their place, and are never planned.',
    exit: 64,
  },
  YAMA_REPEATABLE_WAITS: {
    message: 'The repeatable migration(s) {names} wait: {pending} other(s) stay pending after this run.',
    hint: 'Run `yama up` without `--to`, `--steps` or `--phase` when the rest may run.',
    explain: 'A repeatable migration describes the newest schema, so it runs only in a run after which nothing else is pending.',
    exit: 2,
  },
  YAMA_TARGET_COUNT: {
    message: 'The number of migrations must be a whole number from 0, `+1` forward and `-1` back, and it is {count}.',
    hint: 'Write `up --to +1`, `down --to -1`, or `--steps 1`.',
    explain: 'Steps are counted in migrations.',
    exit: 64,
  },
  YAMA_TARGET_TAG: {
    message: 'There is no tag {name} in this database.{suggestion}',
    hint: 'Run `yama tag` for the tags that exist.',
    explain: 'A tag binds a name to the heads of a release, in the database where it was set with `yama tag NAME`.',
    exit: 64,
  },
  YAMA_TARGET_TIME: {
    message: 'The target {text} is not a time.',
    hint: 'Between the braces stands a date or a time of ISO 8601, such as 2026-11-20 or 2026-11-20T09:30:00Z.',
    explain: 'A time means what was applied then. A date alone is the end of that day in UTC.',
    exit: 64,
  },
  YAMA_TARGET_RANGE: {
    message: 'The target {target} lies outside of the graph, which has {count} migrations.',
    hint: 'Run `yama graph` for the order of the migrations.',
    explain: '`ID+1`, `ID-1` and `head-2` count along the order in which the migrations run on an empty database.',
    exit: 64,
  },
  YAMA_TARGET_RUN: {
    message: 'No applied migration was applied by a run {run}.',
    hint: 'Run `yama history --json` for the runs and what they applied; `last` is the newest.',
    explain: '`yama down --run` reverts exactly what one run applied. That run is not known here, or what it applied is reverted already.',
    exit: 64,
  },
  YAMA_HASH_ALGORITHM: {
    message:
      'The migration {id} was recorded with the hash algorithm {algorithm}, which this version of Yama does not know. No statement was run.',
    hint: 'Use a newer version of Yama.',
    explain:
      'Every hash carries the id of its algorithm and is compared with that one for ever. A newer version has written this one; comparing it with another would take an unchanged file for an edited one.',
    exit: 78,
  },
  YAMA_NEEDS_INVALID: {
    message: '{file}: `needs: {need}` cannot be read. No statement was run.',
    hint: 'Write `server >= 15`, `mariadb >= 10.6`, `extension pg_trgm`, `privilege create on schema app`, `setting wal_level = logical`, `tool pg_dump` or `env API_KEY`, separated by commas.',
    explain:
      'What a migration needs is asked of the server before anything runs. A need that nobody understands would be a comment, so it is refused.',
    exit: 65,
  },
  YAMA_NEEDS_MISSING: {
    message: 'What {who} needs is not there: {need}; {found}. No statement was run.',
    hint: 'Provide it, or run where it is there.',
    explain:
      'A migration, or the configuration, states in `needs` what must be there: a version of the server, an extension, a privilege, a setting. All of it is asked before the first statement, so that a run does not stop in the middle.',
    exit: 65,
  },
  YAMA_HISTORY_EDITED: {
    message: 'The migration {id} ({file}) is applied, and its file now means something else: {change}. No statement was run.',
    hint: 'Undo the edit and put the change into a new migration; where the database has it already, run `yama repair accept-edit {id} --reason …`.',
    explain:
      'The file no longer says what was run here, so an empty database would become a different one. Comments and formatting may be edited freely.',
    exit: 65,
  },
  YAMA_HISTORY_MISSING: {
    message: 'The migration {id} ({name}) is applied, and no file has it. No statement was run.',
    hint: 'Restore the file from version control or with `yama history pull`, or deploy the newer version that brings it.',
    explain:
      'The database is ahead of these files, or a file was deleted or renamed. What is pending may have been written without it, so Yama does not mix the two.',
    exit: 65,
  },
  YAMA_HISTORY_LATE: {
    message: 'The migration {id} ({file}) comes before {applied}, which is already applied. No statement was run.',
    hint: 'Give it a number after {applied}, or allow it with `--allow-late {id}`.',
    explain:
      'Files without a header run in the order of their names. One that appears later among applied names was never tried in this order; it may depend on a state that is gone.',
    exit: 4,
  },
  YAMA_RUN_OPEN: {
    message: 'The migration {id} is {status}: {what}. No statement was run.',
    hint: '`yama recover` shows what is known of it; `yama recover --continue`, `--undo` or `--mark` settles it.',
    explain:
      'A statement that cannot be rolled back was begun and its end is not recorded. Where its objects show whether it took effect, the next run goes on by itself; here they do not, and running it again could do it twice. Look at the database, then say whether it was done: `yama recover --continue --assume done` or `--assume undone`.',
    exit: 9,
  },
  YAMA_ENVIRONMENT_MISMATCH: {
    message: 'The database belongs to the environment {pinned}, and this run is for {environment}. No statement was run.',
    hint: 'Check the URL of {environment}; where the database is a copy that was restored for it, run `yama pin --env {environment} --reason …`.',
    explain:
      'The first run writes its environment into the database. A different name later means that a URL points to the wrong place, so nothing is even shown of it. A copy of production that was restored for staging still says production: `yama pin` gives it to staging, as an event of the log.',
    exit: 78,
  },
  YAMA_HISTORY_FORMAT: {
    message: 'The history in this database has format {found}, and this version of Yama knows formats up to {known}. No statement was run.',
    hint: 'Use a newer version of Yama.',
    explain: 'A newer version has upgraded the history tables. They are never downgraded.',
    exit: 78,
  },
  YAMA_DOWN_MISSING: {
    message: 'The migration {id} ({file}) has no way back. No statement was run.',
    hint: 'Write its Down, or revert only down to it.',
    explain: 'The file has only an Up part. Yama does not invent how to undo it.',
    exit: 65,
  },
  YAMA_DOWN_FILE_MISSING: {
    message:
      'The migration {id} ({name}) has no file any more, and its stored text has no rollback that can be read. No statement was run.',
    hint: 'Restore the file from version control.',
    explain: 'A migration whose file is gone is reverted from the text that the database keeps, where that text can be read.',
    exit: 65,
  },
  YAMA_DOWN_IRREVERSIBLE: {
    message: 'The migration {id} ({file}) says that it cannot be undone. No statement was run.',
    hint: 'Revert only down to it, or write a new migration that goes forward.',
    explain: 'Its reversibility is `irreversible`: what it removed is nowhere any more.',
    exit: 65,
  },
  YAMA_DOWN_NEEDED: {
    message: 'The migration {id} cannot be reverted, because {child} is applied and needs it. No statement was run.',
    hint: 'Revert {child} first.',
    explain: 'Children build on their parents. Reverting a parent alone would leave the child on ground that is gone.',
    exit: 65,
  },
  YAMA_STEP_UNKNOWN: {
    message: 'The migration {id} ({file}) has a step of kind {kind}, and no plugin brings it. No statement was run.',
    hint: 'Add the plugin that brings `{kind}` steps to the configuration.',
    explain: 'Core runs `sql` and `code` steps. Every other kind comes from a plugin.',
    exit: 78,
  },
  YAMA_PLAN_PHASE: {
    message: 'The migration {id} of phase {phase} waits for {blocker} of phase {blockerPhase}, which is not part of this run.',
    hint: 'Run the phase {blockerPhase} first.',
    explain: 'A run of one phase takes only migrations of this phase whose parents are applied or in the run.',
    exit: 2,
  },
  YAMA_APPLIES_TO_INVALID: {
    message: '{file}: `applies-to: {expression}` {problem}. No statement was run.',
    hint: "Ask for {known}, for example `applies-to: dialect = 'postgres'`.",
    explain:
      'The expression says which databases the migration is for: comparisons of an attribute with values in quotes (`=`, `!=`, `in`), joined by `and`, `or`, `not` and parentheses. Guessing its meaning would run a migration where it must not run, or leave it out where it must.',
    exit: 65,
  },
  YAMA_MIGRATION_ELSEWHERE: {
    message: 'The migration {id} ({file}) is for {expression}, and this database is not: it is recorded, and nothing runs.',
    hint: 'Nothing has to be done.',
    explain:
      'All databases have one graph. A migration that `applies-to` leaves out is recorded as applied with nothing done, so that its children can follow.',
    exit: 2,
  },
  YAMA_REQUIRES_MISSING: {
    message:
      'The migration {id} ({file}) requires {required} of the project {project}, which is not applied in this database. No statement was run.',
    hint: 'Apply {required} of {project} first.',
    explain:
      'The header names in `requires` what must be there before. A migration of the same project may come earlier in the same run; one of another project has to be applied by that project.',
    exit: 65,
  },
  YAMA_REQUIRES_UNKNOWN: {
    message: 'The migration {id} ({file}) requires `{required}`, and nothing here can tell whether that holds. No statement was run.',
    hint: 'Name a migration, `project:id`, or remove it.',
    explain:
      'Flags and versions of the application are not known to this version of Yama. A requirement that nobody checks would be a comment, so it is refused.',
    exit: 65,
  },
  YAMA_MIGRATION_NOTHING: {
    message: 'The file {file} is empty: the migration {id} is recorded as applied, and nothing runs.',
    hint: 'Nothing has to be done, if the file is meant to be empty.',
    explain:
      'Tools with .up.sql and .down.sql files keep pairs complete with empty files, for a step that another database or the application takes. So an empty half of a pair is no mistake, while an empty file without a pair is refused.',
    exit: 2,
  },
  YAMA_COSMETIC_EDIT: {
    message: 'The file {file} of the applied migration {id} differs in comments or formatting only.',
    hint: 'Nothing has to be done.',
    explain: 'The meaning of a migration is compared, not its bytes, so comments and formatting may be edited.',
    exit: 2,
  },
  YAMA_DOWN_COMMENTED: {
    message: 'The rollback of {id} ({file}) stands in comments; it is run only after confirmation.',
    hint: 'Read it, then confirm with the digest of the plan.',
    explain: 'A rollback in comments was written for people and probably never run.',
    exit: 4,
  },
} as const satisfies Record<string, ErrorSpec>
