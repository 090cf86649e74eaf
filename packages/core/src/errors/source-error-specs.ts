import type { ErrorSpec } from './define-errors.ts'

/** Errors of reading migration files; thrown by `@yama/core/files`. */
export const sourceErrorSpecs = {
  YAMA_SOURCE_INVALID: {
    message: 'The migration files in {directory} have {count} problems. No statement was run.',
    hint: 'Each problem names its file and line; `yama validate` lists them again.',
    explain:
      'All files are read before anything runs, and every problem is reported at once, so that they can be mended in one go. The problems are in `data`.',
    exit: 65,
  },
  YAMA_SOURCE_SKIP: {
    message: '`skip` names {name}, and no migration in {directory} has that name or id.{suggestion} No statement was run.',
    hint: 'Correct or remove the entry in `skip`.',
    explain:
      'A skipped migration is one that must not run here. An entry that fits nothing would let it run, so it is refused like any misspelt key. Files for other databases count as being there.',
    exit: 78,
  },
  YAMA_SOURCE_DIRECTORY: {
    message: 'The migrations directory {directory} cannot be read: {reason}. No statement was run.',
    hint: 'Correct `migrations` in the configuration, or write a first migration with `yama generate` or `yama new`.',
    explain: 'A wrong path would look like "nothing to do". So a directory that is not there is refused where migrations are to be run.',
    exit: 78,
  },
  YAMA_SOURCE_NAMES: {
    message: '{count} names in {directory} are not those of migrations: {names}. No statement was run.',
    hint: 'Begin names with a number (001_name.sql, 20261120093000_name.sql), give the files an `-- id:` header, move them away, or name them in `skip`.',
    explain:
      'A file without a header gets its place from the number at the start of its name. Without a number nobody can say when it runs, so the whole directory is refused instead of leaving files out silently. Directories of other tools (Flyway, Liquibase, Prisma) may need their own numbering first.',
    exit: 65,
  },
  YAMA_SOURCE_EMPTY: {
    message: '{file} has no statement to run. No statement was run.',
    hint: 'Write its statements, or delete the file; a comment line such as `-- no-op` says that it is empty on purpose.',
    explain:
      'An empty migration is nearly always a file that was not saved, or a marker that was misspelt. Recording it as applied would hide that for ever. A file with a comment that says why it is empty is recorded without running anything, and so is an empty half of a pair of .up.sql and .down.sql.',
    exit: 65,
  },
  YAMA_SOURCE_ENCODING: {
    message: '{file} is not UTF-8 text. No statement was run.',
    hint: 'Save it as UTF-8.',
    explain:
      'Text in another encoding would reach the database with wrong characters, or not at all. UTF-16 files often come from Windows editors.',
    exit: 65,
  },
  YAMA_SOURCE_HEADER_ID: {
    message: '{file} states {key} but no id. No statement was run.',
    hint: 'Add a line `-- id: {id}` on top of the header.',
    explain:
      'Parents and schema states belong to a migration with an identity of its own. A file without an id is placed by its name and states neither.',
    exit: 65,
  },
  YAMA_SOURCE_HEADER_KEY: {
    message: '{file}: the header has no key `{key}`.{suggestion} No statement was run.',
    hint: 'Keys are {known}; keys of your own begin with `x-`.',
    explain:
      'A misspelt key would be a comment without effect: `-- transation: none` would run in a transaction. So in a header with an id every key must be known.',
    exit: 65,
  },
  YAMA_SOURCE_HEADER_VALUE: {
    message: '{file}: `{key}: {value}` is not {expected}. No statement was run.',
    hint: 'Write {expected}.',
    explain: 'The value of this key of the header has a fixed form; see the guide on migration files.',
    exit: 65,
  },
  YAMA_SOURCE_MARKER: {
    message: '{file}: the marker `{marker}` {problem}. No statement was run.',
    hint: 'Markers are -- +migrate Up, -- +migrate Down, -- +migrate StatementBegin and -- +migrate StatementEnd, in this order, each on a line of its own.',
    explain:
      'Markers cut a file into what goes up and what goes down. One that is misspelt or misplaced would put statements into the wrong half.',
    exit: 65,
  },
  YAMA_SOURCE_OUTSIDE: {
    message: '{file} has statements before its first marker. No statement was run.',
    hint: 'Move the marker `-- +migrate Up` above them.',
    explain:
      'Where a file has markers, every statement belongs to Up or to Down. Statements before the first marker belong to neither and other tools skip them silently.',
    exit: 65,
  },
  YAMA_SOURCE_DOWN_ALONE: {
    message: '{file} is the way back of a migration that has no file. No statement was run.',
    hint: 'Restore the .up.sql file of the same name, or delete this one.',
    explain: 'x.up.sql and x.down.sql are one migration. A down file alone is mostly what is left of a renamed or deleted migration.',
    exit: 65,
  },
  YAMA_BUNDLE_READ: {
    message: 'The bundle {file} cannot be read: {reason}. No statement was run.',
    hint: 'Write it again with `yama bundle -o {file}`.',
    explain: 'A bundle is one JSON file that `yama bundle` writes. This one is not there, is damaged, or is of another version.',
    exit: 65,
  },
  YAMA_BUNDLE_TAMPERED: {
    message: 'The bundle {file} was changed after it was written: its digest is {actual}, and it states {expected}. No statement was run.',
    hint: 'Take it from where it was written, or write it again with `yama bundle`.',
    explain: 'The digest covers everything in a bundle. No code and no statement of one that does not fit its digest is run.',
    exit: 65,
  },
  YAMA_BUNDLE_SIGNATURE: {
    message: 'The bundle {file} is not signed with the key that is demanded: {reason}. No statement was run.',
    hint: 'Sign it with `yama bundle --sign KEY`, or verify it with the public half of the key that signed it.',
    explain: 'With `--verify KEY`, or `verify` in code, only a bundle that was signed with the other half of the key is taken.',
    exit: 65,
  },
  YAMA_BUNDLE_KEY: {
    message: 'The {kind} key of the bundle is of no use: {reason}. Nothing was done.',
    hint: 'Make one with `openssl genpkey -algorithm ed25519`, and its public half with `openssl pkey -pubout`.',
    explain: 'Bundles are signed with Ed25519; keys are PEM files.',
    exit: 78,
  },
  YAMA_BUNDLE_DIALECT: {
    message: 'The bundle {file} was written for {dialect}, and this database is {database}. No statement was run.',
    hint: 'Write one for this database with `yama bundle --env NAME`.',
    explain: 'What is portable in the files is compiled for one database when a bundle is written.',
    exit: 65,
  },
  YAMA_BUNDLE_HOOKS: {
    message: 'The bundle {file} has {count} hook file(s), which a source alone would leave out. No statement was run.',
    hint: 'Use `openBundle`, which gives the source and the plugins.',
    explain: 'Hook files are part of what was reviewed. `bundleSource` is for bundles without them.',
    exit: 65,
  },
  YAMA_BUNDLE_MODULE: {
    message: 'The module {file} cannot be used in a bundle: {reason}.',
    hint: 'A migration in a bundle may import `@yama/core`, `@yama/cli`, modules of Node with `node:`, and files beside it.',
    explain: 'A bundle runs without the file tree and without what is installed beside it, so it holds all the code that it runs.',
    exit: 65,
  },
  YAMA_PLACEHOLDER_UNKNOWN: {
    message: 'Nobody declared the placeholder {placeholder}.{suggestion} No statement was run.',
    hint: 'Declare it in `placeholders` of the configuration (there are: {known}), or write \\{placeholder} where the text itself is meant.',
    explain:
      'Where the configuration declares placeholders, ${name} in a statement is replaced by its value. One that nobody declared is a misspelt name, or text that has to be escaped: \\${name} or $${name}. In comments, and between dollar quotes unless `placeholdersInBodies` is set, nothing is replaced.',
    exit: 65,
  },
  YAMA_SOURCE_HOOK_NAME: {
    message: '{file} is not the name of a hook.{suggestion} No statement was run.',
    hint: 'Names are {known}, with `__description` and a database behind them where wanted; move the file away otherwise.',
    explain:
      'A file in migrations/hooks/ runs at the moment that its name says. One with another name would never run, so it is refused like any misspelt key.',
    exit: 65,
  },
  YAMA_SOURCE_REPEATABLE: {
    message: '{file} is repeatable and states {what}. No statement was run.',
    hint: 'Remove it; what a repeatable migration made is dropped by an ordinary one.',
    explain:
      'A repeatable migration (R__name.sql, a file in repeatable/, or `-- repeatable: true`) runs again when it changes, after all others. It has no place in the graph and cannot be reverted. What must run before it, another repeatable one for example, is named by `requires`.',
    exit: 65,
  },
  YAMA_SOURCE_TRANSACTION: {
    message: '{file}: `{statement}` ends or changes the transaction that Yama runs the file in. No statement was run.',
    hint: 'Remove the transaction statements: a file is one transaction already. Split the file where two are needed.',
    explain:
      'A plain BEGIN … COMMIT around the statements means what Yama does anyway and is left out. A ROLLBACK, a COMMIT without BEGIN, a nested BEGIN or an isolation level would end or change the transaction in which the history row is written, so a failure could leave half a migration recorded as nothing.',
    exit: 65,
  },
  YAMA_SOURCE_NO_READER: {
    message: '{file}: nothing here reads {extension} files. No statement was run.',
    hint: 'Add its reader to `readers`, or move the file away. The CLI brings those of YAML, TypeScript and JavaScript.',
    explain: 'SQL is read by core itself; other kinds of files are read by readers that the host supplies.',
    exit: 65,
  },
  YAMA_SOURCE_DIALECT: {
    message: '{file} has no SQL for {dialect}. No statement was run.',
    hint: 'Add {expected} to the directory.',
    explain: 'A directory where dialects differ needs a file for each database that it is run on, or one up.sql for all.',
    exit: 65,
  },
  YAMA_SOURCE_READ: {
    message: '{file} cannot be read: {reason}. No statement was run.',
    hint: 'Mend the file or its permissions.',
    explain: 'The file system, or the reader of this kind of file, refused the file.',
    exit: 65,
  },
} as const satisfies Record<string, ErrorSpec>
