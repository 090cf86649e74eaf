import { defineErrors } from '@yama/core'

const refused = 'The entity files were read and nothing was done with them.'

/** Every code that the YAML source can end with, or list in the `data` of YAMA_ENTITY_INVALID. */
export const sourceYamlErrors = defineErrors({
  YAMA_ENTITY_INVALID: {
    message: '{count} in the entity files, first: {first}',
    hint: 'Correct the places listed; nothing was changed.',
    explain: 'All mistakes of all entity files are collected and shown in one go, each with its own code, file, line and column.',
    exit: 65,
  },
  YAMA_ENTITY_DIRECTORY: {
    message: 'The entity directory {directory} cannot be read: {reason}.',
    hint: 'Create it with `yama init` or `yama pull`, or set `entities` in yama.config.ts.',
    explain: 'Entities are read from every .yaml and .yml file below one directory of the project.',
    exit: 65,
  },
  YAMA_ENTITY_NAMING: {
    message: 'The naming policy has {problem}.',
    hint: '{fix}',
    explain:
      'The policy gives tables and columns a case, relation columns a pattern and constraints optional patterns; see docs/reference/entities.md.',
    exit: 78,
  },
  YAMA_ENTITY_YAML: {
    message: 'This is not valid YAML: {problem}',
    hint: 'Correct the syntax here; a value with `:`, `#`, `{`, `[`, `,` or a leading `*`, `&`, `!`, `@` needs quotes.',
    explain: `The YAML parser refuses the text. ${refused}`,
    exit: 65,
  },
  YAMA_ENTITY_ENCODING: {
    message: '{file} is not UTF-8 text.',
    hint: 'Save it as UTF-8; `iconv -f UTF-16 -t UTF-8` converts what some editors on Windows write.',
    explain: `Entity files are UTF-8, with or without a byte order mark. ${refused}`,
    exit: 65,
  },
  YAMA_ENTITY_TAB: {
    message: 'A tab is used as indentation.',
    hint: 'Indent with spaces; `yama fmt` writes two per level.',
    explain: 'YAML allows only spaces as indentation.',
    exit: 65,
  },
  YAMA_ENTITY_DUPLICATE_KEY: {
    message: 'The key `{key}` stands here twice.',
    hint: 'Keep one of them; in YAML the second would silently win.',
    explain: 'A repeated key in one mapping is nearly always a copy-and-paste mistake, so it is refused.',
    exit: 65,
  },
  YAMA_ENTITY_TAG: {
    message: 'YAML reads `{tag}` as a tag, not as part of the value.',
    hint: 'Write the mark after the type, `string!`, or put the value in quotes.',
    explain: 'A `!` at the start of a value is a YAML tag. Required fields have it at the end of the type.',
    exit: 65,
  },
  YAMA_ENTITY_FLOW_TRAP: {
    message: 'Inside braces YAML splits `{text}` at its commas, so the parentheses are torn apart.',
    hint: 'Put it in quotes: "{text}", or write the mapping over several lines.',
    explain: 'In flow style (`{ a: b, c: d }`) a comma ends the value. Parameters such as enum(a, b) need quotes there.',
    exit: 65,
  },
  YAMA_ENTITY_UNKNOWN_KEY: {
    message: '{where} has no key `{key}`.',
    hint: '{fix}',
    explain: 'Unknown keys are refused, because a mistyped key that is ignored would silently change the schema.',
    exit: 65,
  },
  YAMA_ENTITY_KEY_MISSING: {
    message: '{where} needs the key `{key}`.',
    hint: 'Add `{key}:` here.',
    explain: 'Without this key the entry has no meaning.',
    exit: 65,
  },
  YAMA_ENTITY_SHAPE: {
    message: '{where} must be {expected}, and is {found}.',
    hint: 'Write {expected} here; docs/reference/entities.md shows each key.',
    explain: 'The value has another form than its key takes.',
    exit: 65,
  },
  YAMA_ENTITY_VALUE: {
    message: '{where} cannot be `{value}`.',
    hint: '{fix}',
    explain: 'The key takes one of a fixed list of words.',
    exit: 65,
  },
  YAMA_ENTITY_QUOTE_VALUE: {
    message: 'YAML reads `{source}` as {found}, and {where} takes text.',
    hint: 'Quote this value: "{source}".',
    explain:
      'Unquoted null, ~, true, false and numbers are not strings in YAML, and 1.10 becomes 1.1. Names and enum values must be strings.',
    exit: 65,
  },
  YAMA_ENTITY_FIELD_SYNTAX: {
    message: 'The field `{field}` cannot be read: {problem}.',
    hint: '{fix}',
    explain: 'A field in one line is: type, `!` or `?`, modifiers, and `= default`.',
    exit: 65,
  },
  YAMA_ENTITY_MODIFIER_UNKNOWN: {
    message: 'The field `{field}` has the unknown modifier `{modifier}`.',
    hint: '{fix}',
    explain: 'Modifiers stand after the type: primary, unique, indexed, identity, cascade, was:, through:, column:, onUpdate: and others.',
    exit: 65,
  },
  YAMA_ENTITY_TYPE_UNKNOWN: {
    message: 'The field `{field}` has the unknown type `{type}`.',
    hint: '{fix}',
    explain: 'A type is a portable type, an enum, an entity (a relation), or raw SQL as `type: { sql: "…" }`.',
    exit: 65,
  },
  YAMA_ENTITY_TYPE_PARAMETERS: {
    message: 'The type of the field `{field}` has wrong parameters: {problem}.',
    hint: '{fix}',
    explain: 'Each type takes a fixed number of whole numbers, e.g. string(120), decimal(10, 2).',
    exit: 65,
  },
  YAMA_ENTITY_NULLABILITY: {
    message: 'The field `{field}` says neither that it is required nor that it may be null.',
    hint: '{fix}',
    explain: 'Every field states it: `!` is NOT NULL, `?` may be null. A raw type says `nullable: true` or `nullable: false`.',
    exit: 65,
  },
  YAMA_ENTITY_DEFAULT: {
    message: 'The default `{value}` of the field `{field}` {problem}.',
    hint: '{fix}',
    explain: 'A default is a literal of the type, now(), today(), gen_uuid(), JSON for JSON types, or raw SQL as `default: { sql: "…" }`.',
    exit: 65,
  },
  YAMA_ENTITY_ENUM_VALUE: {
    message: '`{value}` is not a value of the enum {enum}.',
    hint: '{fix}',
    explain: 'Defaults and renamed values must name values of the enum.',
    exit: 65,
  },
  YAMA_ENTITY_ENUM_EMPTY: {
    message: 'The enum {enum} has no values.',
    hint: 'List at least one value.',
    explain: 'An enum without values allows no row.',
    exit: 65,
  },
  YAMA_ENTITY_ENUM_DUPLICATE: {
    message: 'The enum {enum} lists `{value}` twice.',
    hint: 'Remove one of them.',
    explain: 'The values of an enum are distinct.',
    exit: 65,
  },
  YAMA_ENTITY_DUPLICATE_NAME: {
    message: 'The {kind} {name} is declared twice; the other one is at {other}.',
    hint: 'Rename one of them, or remove it.',
    explain: 'Two declarations of one name cannot both be in the database.',
    exit: 65,
  },
  YAMA_ENTITY_NO_FIELDS: {
    message: 'The entity {entity} has no fields.',
    hint: 'Add `fields:` with at least one field.',
    explain: 'Only PostgreSQL has tables without columns: there it is a warning, elsewhere it is refused.',
    exit: 65,
  },
  YAMA_ENTITY_FIELD_UNKNOWN: {
    message: '{where} names the field `{field}`, which {entity} does not have.',
    hint: '{fix}',
    explain: 'Lists of fields use field names of the entity, not column names.',
    exit: 65,
  },
  YAMA_ENTITY_ENTITY_UNKNOWN: {
    message: '{where} names the entity `{entity}`, which does not exist.',
    hint: '{fix}',
    explain: 'Relations and `dependsOn` use entity names, the keys below `entities:` of any file.',
    exit: 65,
  },
  YAMA_ENTITY_RELATION_TARGET: {
    message: 'The relation `{field}` points to {entity}, which has {problem}.',
    hint: '{fix}',
    explain: 'A relation refers to the primary key of its target, or to the fields named by `references:`.',
    exit: 65,
  },
  YAMA_ENTITY_RELATION_CYCLE: {
    message: 'The primary keys of {path} are made of each other.',
    hint: 'Give one of them a primary key of its own.',
    explain: 'The columns of a relation have the type of the primary key they refer to; a circle of keys has no type.',
    exit: 65,
  },
  YAMA_ENTITY_RELATION_COLUMNS: {
    message: '{where} has {columns} for {references} referenced columns.',
    hint: 'Name as many columns as the key that is referred to has.',
    explain: 'A foreign key pairs its columns one by one with the referenced ones.',
    exit: 65,
  },
  YAMA_ENTITY_THROUGH: {
    message: 'The relation `{field}` is a list, and {problem}.',
    hint: '{fix}',
    explain:
      'A list of entities is either many-to-many (`Tag[] through:post_tags`) or the other side of a relation that {entity} declares.',
    exit: 65,
  },
  YAMA_ENTITY_CONFLICT: {
    message: '{where}: {problem}.',
    hint: '{fix}',
    explain: 'Two statements of the entity contradict each other.',
    exit: 65,
  },
  YAMA_ENTITY_INDEX_KEY: {
    message: 'The index key `{key}` cannot be read.',
    hint: 'Write `field`, `field desc`, or `field asc nulls last`; expressions go to `expression:`.',
    explain: 'An index key is a field name with an optional direction and place of nulls.',
    exit: 65,
  },
  YAMA_ENTITY_NAME_LENGTH: {
    message: 'The name `{name}` has {length}, and {database} takes {limit}.',
    hint: 'Shorten it; the server would cut it in silence.',
    explain: 'Names that Yama makes itself are shortened with a hash; names given by you are never changed.',
    exit: 65,
  },
  YAMA_ENTITY_NOT_CARRIED: {
    message: '{what} is accepted, but not carried to the database yet.',
    hint: '{fix}',
    explain: 'The key is known and its form was checked. Nothing of it reaches the plan in this version, so it is said each time.',
    exit: 0,
  },
  YAMA_ENTITY_NO_SCHEMAS: {
    message: 'The schema `{schema}` of {entity} is left out: a database of {database} has no schemas in it.',
    hint: 'Accept it, or keep the entity from {database} with `only:`.',
    explain:
      'A database of SQLite, MySQL or MariaDB is one namespace; what the last two call a schema is a database. Tables stand in it by their own names, and two entities whose tables differ in the schema only are refused as one name given twice.',
    exit: 0,
  },
  YAMA_ENTITY_LOSSY: {
    message: 'The field `{field}`{more} of type {type} becomes {native} on {database}: {loss}.',
    hint: 'Accept it, or give another type under `overrides:`.',
    explain: 'The database has no exact counterpart of the portable type.',
    exit: 0,
  },
  YAMA_ENTITY_IGNORED: {
    message: '{what} of the earlier format has no effect on the schema and is ignored.',
    hint: 'Remove it when you move the file to the native format.',
    explain: 'Files with `compat: yamajs` may have keys for an application framework.',
    exit: 0,
  },
  YAMA_ENTITY_FORM: {
    message: 'The file {file} is not written in the {form} form.',
    hint: 'Run `yama fmt`.',
    explain: '`yama fmt --check` compares the files with what `yama fmt` would write.',
    exit: 65,
  },
  YAMA_SEED_YAML: {
    message: 'The seed {file} is wrong: {problem}. Nothing was run.',
    hint: '{fix}',
    explain:
      'A YAML seed has one document for each table, with `table`, `rows` and optionally `key`, the columns that tell which row it is (default `[id]`).',
    exit: 65,
  },
  YAMA_MIGRATION_YAML: {
    message: 'The migration file {file} is wrong: {problem}.',
    hint: '{fix}',
    explain:
      'A YAML migration has its header keys on top, then `up:` and optionally `down:`, each a list of steps with one key: `sql` or an operation.',
    exit: 65,
  },
})
export type EntityCode = Exclude<keyof typeof sourceYamlErrors, 'specs'>
