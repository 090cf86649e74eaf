import { defineErrors } from '@yama/core'

/** Everything that the command line refuses by itself. */
export const cliErrors = defineErrors({
  YAMA_CLI_USAGE: {
    message: '{problem}',
    hint: '{next}',
    explain: 'The command line could not be read: an unknown command or option, a missing argument, or options that exclude each other.',
    exit: 64,
  },
  YAMA_CONFIG_NOT_FOUND: {
    message: 'The configuration file {file} does not exist.',
    hint: 'Create one with `yama init`, or leave `--config` out.',
    explain:
      'A file named with `--config` must exist. Without the option, `yama.config.ts` (or .mts, .js, .mjs, .cjs, .json) is looked for here and in the directories above.',
    exit: 78,
  },
  YAMA_CONFIG_INVALID: {
    message: 'The configuration {file} is not valid: {problem}. No database was contacted.',
    hint: '{next}',
    explain:
      'The configuration exports one object made with `defineConfig`. Unknown keys are refused, because a misspelt one would be ignored in silence.',
    exit: 78,
  },
  YAMA_CONFIG_LOAD: {
    message: 'The configuration {file} cannot be loaded: {reason}.',
    hint: 'Run it by itself to see the whole error: `npx jiti {file}`.',
    explain: 'The configuration is a module; it threw while it was imported, or it does not parse.',
    exit: 78,
  },
  YAMA_ENVIRONMENT_UNKNOWN: {
    message: 'There is no environment {name} in {file}.{suggestion}',
    hint: 'Environments there: {known}.',
    explain: '`--env` names one of the environments of the configuration.',
    exit: 78,
  },
  YAMA_DATABASE_UNKNOWN: {
    message: 'No database is named: neither `--url`, nor the environment {environment}, nor DATABASE_URL says which. Nothing was done.',
    hint: 'Give `--url postgres://…`, set DATABASE_URL (an `.env` file counts), or write `environments` in yama.config.ts.',
    explain:
      'Yama connects only to the databases it is told. The URL comes from `--url`, from the environment of the configuration, or from DATABASE_URL.',
    exit: 78,
  },
  YAMA_URL_INVALID: {
    message: '{url} is not a database URL: {reason}.',
    hint: 'Use postgres://user@host/database, mysql://user@host/database, mariadb://user@host/database, sqlite:./file.db, pglite:./directory.',
    explain: 'The scheme of the URL chooses the database. Passwords are never printed.',
    exit: 64,
  },
  YAMA_SECRET_MISSING: {
    message: 'The secret {reference} of {where} has no value: {reason}. Nothing was done.',
    hint: 'Set it, or correct the reference in the configuration.',
    explain: 'A secret is given by reference: `env:NAME`, `file:/path` or `exec:command`. Its value is never printed, logged or stored.',
    exit: 78,
  },
  YAMA_PRODUCTION_REFUSED: {
    message: '`yama {command}` is refused for {environment}, which is marked production. Nothing was done.',
    hint: 'Use another environment with `--env`.',
    explain: 'Commands for development empty or fill a database. They never run where the environment says `production: true`.',
    exit: 78,
  },
  YAMA_CONFIRM_REFUSED: {
    message: 'Not confirmed. Nothing was done.',
    hint: 'Run it again and type the answer that is asked for.',
    explain: 'The question on the terminal was answered with something else than what it asked for.',
    exit: 4,
  },
  YAMA_CONFIRM_TEXT_NEEDED: {
    message: '`yama {command}` needs a confirmation: {consequence}. Nothing was done.',
    hint: 'Run `yama {command} --confirm {expected}`.',
    explain:
      'Without a terminal there is nobody to ask, so the confirmation comes as an option. It names what is lost, so that a copied command cannot hit another database.',
    exit: 4,
  },
  YAMA_FILE_EXISTS: {
    message: '{file} exists already and was not changed.',
    hint: 'Delete it first, or give `--force`.',
    explain: '`yama init` and `yama new` never overwrite a file.',
    exit: 64,
  },
  YAMA_HISTORY_PULL_EXISTS: {
    message: '{file} exists and says something else than what was applied. No file was written.',
    hint: 'Look at the difference with `yama up --dry-run`; overwrite it with `yama history pull --force`.',
    explain: '`yama history pull` brings lost files back. It never overwrites what somebody wrote since, unless it is told to.',
    exit: 64,
  },
  YAMA_HISTORY_PULL_PLACE: {
    message: 'The history says {file}, which is not in {directory}. No file was written.',
    hint: 'Run it where `migrations` of the configuration is the directory that the migration was applied from.',
    explain: 'The name of a file comes from the database, so it is only followed into the directory of migrations.',
    exit: 64,
  },
  YAMA_BASELINE_UNDETECTED: {
    message: 'The database is as after none of the migrations. It differs least after {after}: {differences}. Nothing was recorded.',
    hint: 'Correct these objects, or write what differs into a migration; then detect again, or name the migrations: `yama baseline ID`.',
    explain:
      '`yama baseline --detect` runs the migrations in a scratch database and compares the schema after each with the live one. A database that was changed by hand, or made from other files, fits nowhere.',
    exit: 2,
  },
  YAMA_WAIT_DB: {
    message: 'The database did not answer within {seconds} s: {what}. {reason} Nothing was done.',
    hint: 'See whether the server starts at all, or wait longer with `--wait-db 5m`.',
    explain:
      '`--wait-db` waits for a server that is starting: nothing listens yet, it says that it starts, its name has no address, its database is not created. A wrong password or a certificate that is not trusted does not pass by waiting and is told at once.',
    exit: 69,
  },
  YAMA_EXPLAIN_UNKNOWN: {
    message: 'There is no error code {code}.{suggestion}',
    hint: '`yama explain` lists all of them.',
    explain: "`yama explain CODE` shows what a code means. The code given is none of Yama's.",
    exit: 64,
  },
  YAMA_STATUS_REQUIRED: {
    message: 'Required migration(s) not applied: {missing}.',
    hint: 'Run `yama up`, or wait for the deployment with `yama status --wait --require ID`.',
    explain: '`yama status --require` exits 2 while a named migration is not applied, so that an application can wait for its schema.',
    exit: 2,
  },
  YAMA_MIGRATION_MODULE: {
    message: 'The migration {file} cannot be used: {reason}. Nothing was run.',
    hint: 'Write `export default defineMigration(…)` with `id`, `up` and `down`, imported from @yama/cli.',
    explain:
      'A TypeScript or JavaScript migration is a module with one migration as its default export. It threw while it was imported, or exports something else.',
    exit: 65,
  },
  YAMA_MERGE_UNPROVED: {
    message: 'The order of {one} and {other} matters: {difference}. Only throw-away databases were touched, and nothing was written.',
    hint: 'Decide with `yama merge {one} {other} --order …`, or leave `--prove` out where the difference does not count.',
    explain:
      'Both orders were run in scratch databases, and they ended in different schemas or rows, or one of them failed. What was to be recorded as independent is not.',
    exit: 10,
  },
  YAMA_CHECK_MERGED: {
    message: 'After a merge with {base} the migrations would not build what the entities say: {changes}.',
    hint: 'Merge {base} into this branch, then run `yama generate`.',
    explain:
      'The files were taken as they are after the merge, and the migrations were replayed in a scratch database. Each side is right alone; together something is missing, for example a value of an enum in a table that the other side has made.',
    exit: 3,
  },
  YAMA_CHECK_TEXTS: {
    message:
      'Git cannot merge these entity files of {base} by itself: {files}. Whether the migrations build what they say after a merge is not known.',
    hint: 'Merge {base} into this branch and solve what git asks, then check again.',
    explain:
      'Entities are compared with the migrations as they are after a merge. Where both sides changed the same lines, only a person can say what the file is then.',
    exit: 3,
  },
  YAMA_CHECK_UNGENERATED: {
    message: 'The entities say more than the migrations: {changes}.',
    hint: 'Run `yama generate` and commit the migration.',
    explain:
      '`yama check` replays the migrations in a scratch database and compares the result with the entities. They differ, so a deployment would not reach what the entities describe.',
    exit: 3,
  },
  YAMA_BUNDLE_STEP: {
    message: 'The migration {name} has a step of the kind {kind}, which a bundle cannot hold. Nothing was written.',
    hint: 'Run it from its files, or write it as SQL or code.',
    explain:
      'A bundle holds SQL and compiled code. A step of a plugin, and an operation in the archive of a checkpoint, needs more than that.',
    exit: 65,
  },
  YAMA_BACKUP_FAILED: {
    message: 'The backup before the run failed: {reason}. No migration was run.',
    hint: 'Mend it (docs/guide/backup-and-restore.md), name a `command` in `backup` of the configuration, or run without a backup.',
    explain: 'The configuration or `--backup` asks for a backup before the run. A run that may lose data does not begin without it.',
    exit: 8,
  },
  YAMA_SEED_FAILED: {
    message: 'The seed {file} failed: {reason}. Nothing of this file was kept.',
    hint: 'Correct the statement at the place shown and run `yama seed` again.',
    explain: 'Each seed file runs in one transaction; it was rolled back.',
    exit: 8,
  },
  YAMA_VALIDATION_FAILED: {
    message: '{count} mistake(s) in the entities.',
    hint: 'Each is listed with its place.',
    explain: '`yama validate` reads the entities without a database and lists every mistake.',
    exit: 65,
  },
  YAMA_FILE_ACCESS: {
    message: '{path} cannot be {action}: {reason}. What had run in a database before is in its history.',
    hint: '{advice}',
    explain:
      'The operating system refuses a file or directory of the project: no right to read or write it, a read-only or full disk, a directory where a file is expected. Caches are left out where they cannot be written.',
    exit: 77,
  },
  YAMA_DATABASE_FAILED: {
    message: 'The database refused or broke off what Yama asked it for itself: {reason}.',
    hint: 'Run `yama status` to see what is applied. A time limit of the role or the database (`statement_timeout`, `max_execution_time`, `max_statement_time`) may be too short, or a right on the catalogue be missing.',
    explain:
      'Not a statement of a migration failed but one that Yama needs: reading the catalogue or the history, taking the lock. Every migration that was run before is recorded; one that fails has a code of its own.',
    exit: 1,
  },
  YAMA_INTERNAL: {
    message: 'Yama failed in a way that it should not: {reason}.',
    hint: 'Run it again with `--verbose` and report what it prints.',
    explain: 'An error that no code covers. The database is safe: every migration runs in a transaction, and what ran is in the history.',
    exit: 1,
  },
  YAMA_ENDED_EARLY: {
    message: 'The process ended before the command did: {reason}. What had run in a database before is in its history.',
    hint: 'Look at the configuration, hooks, plugins and migrations in TypeScript; then `yama status` shows what is done, and `yama up` goes on.',
    explain:
      'The modules of a project run in the process of the command. One of them called `process.exit()`, is waited for and never ends, such as a promise that nothing settles, or threw where nothing waits for it: in a timer, an event, or a promise without `await`. `--verbose` shows where.',
    exit: 1,
  },
  YAMA_OUTPUT_WRITE: {
    message: 'The output could not be written: {reason}. The command itself came to its end.',
    hint: 'Write it somewhere else; what the command did to a database stays.',
    explain:
      'Standard output leads to a file or device that took not all of it, such as a full disk, so what is there must not be used. A reader of a pipe that goes before the end is no error.',
    exit: 1,
  },
  YAMA_INTERRUPTED: {
    message: 'Interrupted. {state}',
    hint: 'Run `yama status` to see what is applied.',
    explain:
      'SIGINT or SIGTERM arrived: the running statement was cancelled and its transaction rolled back. Or a question on the terminal was left with Ctrl-C, or its input ended.',
    exit: 130,
  },
})
