import { defineErrors } from '@yama/core'

/** Everything that `@yama/authoring` refuses, one entry per code. */
export const authoringErrors = defineErrors({
  YAMA_REPLAY_FAILED: {
    message: 'Migration {migration} does not run in an empty database: {reason}. Only a throw-away database was touched ({scratch}).',
    hint: 'Correct the statement, or give what the host provides (roles, schemas, functions, extensions) in `setup` of the environment; `skip` leaves a file out.',
    explain:
      'The history is replayed in a scratch database to learn the schema that the migrations describe. A statement failed there. The usual reasons are a file that was never run on an empty database, objects that a hosting platform creates beforehand, or an extension that the scratch server lacks.',
    exit: 65,
  },
  YAMA_ENTITIES_REFUSED: {
    message: 'The database refuses what the entities say: {reason}. Only a throw-away database was touched ({scratch}).',
    hint: 'Correct the entity at the place shown, or give what is not managed here (other schemas, roles) in `setup` of the environment; `yama show {object} --sql` prints the statement.',
    explain:
      'Entities are rendered to SQL and executed in a scratch database, because only the server decides what an expression, a type or a default means. The server refused a statement. Where only some schemas are managed, what their objects need of others is not there, and `setup` makes it first.',
    exit: 65,
  },
  YAMA_EDIT_APPLIED: {
    message: 'The migration {id} is applied in {where}, so it is not edited. No file was changed.',
    hint: 'Write what is to be different as a new migration: `yama new`.',
    explain:
      'Whatever has run somewhere is history. Moving, splitting or deleting it would give databases that have it another past than those that come later.',
    exit: 3,
  },
  YAMA_EDIT_HEADERLESS: {
    message: 'The migration {id} ({file}) has no header, so its place follows from its name. No file was changed.',
    hint: 'Rename the file; where nothing is applied anywhere that is all it takes.',
    explain: 'Files without a header run in the order of their names. There are no parents to write down.',
    exit: 3,
  },
  YAMA_EDIT_MODULE: {
    message: 'The parents of {id} stand in {file}, which is no SQL file with a header. No file was changed.',
    hint: 'Write its parents by hand; `yama graph --format json` prints the links.',
    explain: 'Only the `-- parents:` line of SQL files is rewritten; code and YAML are yours.',
    exit: 3,
  },
  YAMA_EDIT_CIRCLE: {
    message: 'The migration {id} cannot come after {onto}, which comes after it. No file was changed.',
    hint: 'Choose one that does not follow it: `yama graph`.',
    explain: 'A migration that followed one of its own descendants would never be the first to run.',
    exit: 64,
  },
  YAMA_EDIT_EXISTS: {
    message: 'The migration {id} cannot be named {file}: the name is empty or taken. No file was changed.',
    hint: 'Choose other words.',
    explain: 'Two migrations cannot share one file name.',
    exit: 64,
  },
  YAMA_EDIT_SPLIT: {
    message:
      'The migration {id} ({file}) cannot be split there: it has {count} statements there and {back} back, and only SQL with one of each, or none back, is split. No file was changed.',
    hint: 'Give `--after N` with a number below the count, or write both parts by hand.',
    explain: 'Which statements of the way back belong to which of the way there follows only from their number.',
    exit: 64,
  },
  YAMA_EDIT_SPLIT_OBJECT: {
    message: 'The migration {id} ({file}) cannot be split by object: {reason}. No file was changed.',
    hint: 'Split it by statement with `--after N`, or write the parts by hand.',
    explain:
      'Each statement goes to the object that it is about, and the parts are put in an order in which all that depends on each other stays in its order. That needs statements whose effects are known, more than one object, and a way back that can be parted in the same way.',
    exit: 64,
  },
  YAMA_EDIT_FOLD: {
    message: 'The migrations {ids} cannot be put together: {reason}. No file was changed.',
    hint: 'Choose migrations that follow each other and run in the same way, or write the one by hand.',
    explain:
      'One migration has one phase, one transaction mode and one condition, and nothing can stand between its statements. Where that would be lost, or where a step is code or YAML, the files stay as they are.',
    exit: 64,
  },
  YAMA_SQUASH_NOTHING: {
    message: 'There is nothing to squash: {count} migration(s). Nothing was written.',
    hint: 'Name a later migration with `--to`, or leave it out.',
    explain: 'A checkpoint stands for at least two migrations.',
    exit: 64,
  },
  YAMA_SQUASH_UNSOUND: {
    message: 'A checkpoint cannot stand for these migrations: {reasons}. Nothing was written.',
    hint: 'Squash up to the migration before with `--to`.',
    explain:
      'A checkpoint is SQL that builds in an empty database what its originals built. That cannot be written down for code, for steps of plugins, for what runs in some databases only, for rows that differ each time (times, random values), and for those of virtual tables of SQLite.',
    exit: 65,
  },
  YAMA_SQUASH_PROOF: {
    message: 'The checkpoint does not build what its originals build: {differences}. Nothing was written.',
    hint: 'Squash up to the migration before with `--to`, and report it: this is a mistake of Yama where the database has nothing unusual.',
    explain:
      'Both were run in scratch databases, and their schemas or rows compared. Rows that break a constraint which was never checked over them are a usual reason.',
    exit: 10,
  },
  YAMA_DECISION_NEEDED: {
    message: '{count} change(s) could be a rename or a drop and an add, and only a person can say which. Nothing was written.',
    hint: 'Add `was:` to the entity as shown, or answer in a file given with `--decide FILE`.',
    explain:
      'A table or column disappeared and a similar one appeared. Renaming keeps the rows, dropping and adding loses them, so Yama never guesses. `data.decisions` lists every question with its candidates and the exact lines that answer it.',
    exit: 4,
  },
  YAMA_DECISION_UNKNOWN: {
    message: 'The decisions file answers {key}, which is not a question here. Nothing was written.',
    hint: 'Remove the answer, or run `yama generate --json` to see the questions.',
    explain: 'Each answer must belong to a question that `generate` asks for this change; a stale answer may hide a mistake.',
    exit: 65,
  },
  YAMA_DECISION_CONFLICT: {
    message: 'The answers rename both {first} and {second} to {to}. Nothing was written.',
    hint: 'Answer `drop` to one of the two questions, or choose another of its candidates.',
    explain: 'Two objects cannot become one. What the other one holds has to be moved by a migration of its own before it is dropped.',
    exit: 65,
  },
  YAMA_DECISION_FILE: {
    message: 'The decisions file {file} cannot be read: {reason}. Nothing was written.',
    hint: 'It holds one line per question: `"<id>": rename` or `"<id>": drop`.',
    explain:
      'The file given with `--decide` is YAML or JSON: a map from the id of each question to `rename` (where there are several candidates: `rename to <new>`) or `drop`.',
    exit: 65,
  },
  YAMA_OPERATION_UNCOMPILED: {
    message: 'The operation {operation} reached the run without being compiled to SQL. No statement of it was run.',
    hint: 'Add `operationsPlugin` of @yama/authoring to the plugins, or use the command line, which brings it.',
    explain:
      'Operations of YAML migrations are compiled to SQL when a plan is made, so that the SQL can be reviewed and the digest covers it. A plan from elsewhere still had an operation in it.',
    exit: 78,
  },
  YAMA_OPERATION_NO_WAY_BACK: {
    message: 'The migration {migration} has a step without an inverse and states no `down`. Nothing was reverted.',
    hint: 'Add `down:` to the file, or revert by hand and run `yama repair mark-reverted`.',
    explain:
      'The inverse of an operation is known; of a plain SQL step or a function in a YAML migration it is not. Such a file has to say how to go back.',
    exit: 65,
  },
  YAMA_COLUMN_NEEDS_VALUE: {
    message: 'The new {column} takes no null and has no default: where the table has rows, the database refuses it.',
    hint: 'Give it a default, or add it as nullable, fill it, and make it required in a second migration.',
    explain:
      'A required column without a default has no value for the rows that are there. On an empty table the migration runs; on one with rows it fails and nothing of it is kept.',
    exit: 65,
  },
  YAMA_DROPS_HAND_WRITTEN: {
    message: 'The entities do not have {objects}, made by hand in {file}: the new migration drops {pronoun}.',
    hint: 'To keep {pronoun}, delete the new migration, let `yama pull` write the entities of a database that has {pronoun}, and generate again.',
    explain:
      'The entities say all that a database is to have, so an object which only a migration of your own made is gone after the next generated one. Its Down makes it again; rows of a dropped table do not come back. State the object in the entities (`triggers`, `functions`, `views`, `entities`), or exclude it from what Yama manages.',
    exit: 65,
  },
  YAMA_STATE_UNKNOWN: {
    message: '{text} names no state that can be compared.',
    hint: 'Use `entities`, `migrations`, `migration:ID`, `env:NAME`, `git:REF` or a database URL.',
    explain:
      '`yama diff` compares two states of a schema. A state is the entity files, the replayed history up to a migration, an environment of the configuration, the entities at a git revision, or a database given by its URL.',
    exit: 64,
  },
  YAMA_STATE_INCOMPARABLE: {
    message: 'The states {from} ({fromTag}) and {to} ({toTag}) are printed by different databases and cannot be compared.',
    hint: 'Compare states of one dialect; pull one of them into entities first.',
    explain:
      'Two states are compared only in the form in which one kind of server prints them. A SQLite file and a PostgreSQL database have no common form.',
    exit: 64,
  },
  YAMA_GIT_FAILED: {
    message: 'git cannot show {reference}: {reason}.',
    hint: 'Check the name with `git rev-parse {reference}`; a shallow clone needs `git fetch --unshallow`.',
    explain: '`git:REF` reads the entity directory at that revision with the `git` command.',
    exit: 65,
  },
  YAMA_DIALECT_NO_SCHEMA: {
    message: 'The dialect {dialect} cannot read or change schemas, only run migrations.',
    hint: 'Use a dialect package with a schema extension, or write the migration with `yama new`.',
    explain:
      'Generating, comparing and pulling need the schema part of a dialect (`extensions.schema`). A dialect written only for running SQL does not have it.',
    exit: 78,
  },
  YAMA_PORT_DECISIONS: {
    message: '{count} thing(s) have no exact counterpart on {database}, and somebody has to say what becomes of them. Nothing was written.',
    hint: 'Answer in a file given with `--decide FILE`, in the entities with `overrides:` or `only:`, or take what is supposed with `--defaults`.',
    explain:
      'A type that stores less, an index that the other database does not have, a body in another language: each is a finding, and a question with its answers. `data.decisions` lists them; the text below the message is a whole file for `--decide`.',
    exit: 4,
  },
  YAMA_PORT_ANSWER: {
    message: 'The decisions file answers {key} in a way that does not fit: {reason}. Nothing was written.',
    hint: 'Correct the answer or remove it; `yama port --to … --dry-run --json` lists every question.',
    explain:
      'Each answer belongs to a question of this port, by its id or by the id of one of its objects, and is one of the answers that the question takes.',
    exit: 65,
  },
  YAMA_PORT_SAME: {
    message: 'The project is for {database} already. Nothing was written.',
    hint: 'Name another database: `yama port --to postgres|mysql|mariadb|sqlite`.',
    explain: 'A port turns the entities of one database into those of another one.',
    exit: 64,
  },
  YAMA_PORT_OCCUPIED: {
    message: 'The directory {directory} is not empty. Nothing was written.',
    hint: 'Name another one with `--out`, or write over it with `--force`.',
    explain: 'A port writes a whole project. It never mixes with files that are there unless it is told to.',
    exit: 65,
  },
})
