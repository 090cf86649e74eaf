import { defineErrors } from '@yama/core'

/** Every code that `@yama/schema` throws. */
export const schemaErrors = defineErrors({
  YAMA_SCHEMA_ENCODED_FORMAT: {
    message: 'The stored schema has the format {found}, and this version reads {known}.',
    hint: 'Use the version of Yama that wrote it, or let the next run write it again.',
    explain:
      'Schemas are stored in the database after each run and in the cache as text with a format number. A newer version may have written this one.',
    exit: 78,
  },
  YAMA_SCHEMA_DUPLICATE_FACT: {
    message: 'The schema names {fact} twice.',
    hint: 'Rename or remove one of the two.',
    explain: 'Every object of a schema has one identity. Two descriptions of one object cannot be compared with anything.',
    exit: 65,
  },
  YAMA_SCHEMA_PARENT_MISSING: {
    message: '{fact} belongs to {parent}, which the schema does not have.',
    hint: 'Declare {parent} too, or exclude both from the managed schemas.',
    explain: 'A column, constraint or index exists only with its table. A filter that hides the table must hide them as well.',
    exit: 65,
  },
  YAMA_SCHEMA_INVALID: {
    message: '{fact}: {problem}.',
    hint: 'Correct {fact} where it is declared.',
    explain: 'No database takes this description, so it is refused before one is asked.',
    exit: 65,
  },
  YAMA_SCHEMA_UNSUPPORTED: {
    message: 'Yama cannot {change} {fact} on {dialect}. No statement was planned.',
    hint: 'Write this part as SQL in a migration (`yama new`), or remove it from the entities for {dialect}.',
    explain: 'The dialect has no rule for this kind of object. Leaving it out in silence would make the migration claim more than it does.',
    exit: 65,
  },
  YAMA_SCHEMA_UNMANAGED_DEPENDS: {
    message:
      '{fact} cannot be changed this way, because objects that Yama does not manage depend on it: {dependents}. No statement was planned.',
    hint: 'Drop or change {dependents} in a SQL migration first, and recreate them after this change.',
    explain:
      'Yama never drops what it cannot recreate. Objects outside the model are named and left alone, so a change that would take them along is refused.',
    exit: 65,
  },
  YAMA_SCHEMA_UNMANAGED_NAME: {
    message: '{fact} cannot be made, because {unmanaged}, which Yama does not manage, has that name. No statement was planned.',
    hint: 'Choose another name, or drop or rename {unmanaged} in a SQL migration first.',
    explain:
      'Partitioned or foreign tables, domains and other objects outside the model share one space of names with tables, views and indexes.',
    exit: 65,
  },
  YAMA_SCHEMA_REPLACE_REFUSED: {
    message: 'Changing {cause} would mean to drop {fact} and make it again, which loses rows. No statement was planned.',
    hint: 'Split the change: add the new object, move the data, then remove the old one.',
    explain:
      'Views, indexes and constraints can be made again at any time. Tables, sequences and columns hold data and are never replaced because of something else.',
    exit: 65,
  },
  YAMA_SCRATCH_OUTSIDE: {
    message: 'This statement changes {what}, which is not in the throw-away database of a replay. It was not run.',
    hint: 'Leave the name of the database out: a migration runs in the one of its URL. What belongs to the server goes into `setup` of the environment, and `skip` leaves a file out; `outside: true` in `scratch` of the environment allows it on a server where nothing can be lost.',
    explain:
      'Migrations are replayed in a throw-away database to learn the schema that they describe. Where that is on a server which others use too, such a statement would change real data; and wherever it is, it would open or write a file, run a program, or make another server act (`ATTACH`, `COPY … TO`, `INTO OUTFILE`, `CREATE SUBSCRIPTION`). The name of the database that the migrations are for means the throw-away one, so that `USE app` in them harms nothing.',
    exit: 65,
  },
  YAMA_SCHEMA_CYCLE: {
    message: 'The statements wait for each other in a circle: {path}.',
    hint: 'Split the change into two migrations, and please report the schema.',
    explain:
      'Every statement is ordered by what it needs and what it removes. A circle without a foreign key that could be added later has no order.',
    exit: 1,
  },
  YAMA_SCHEMA_RULE_INCOMPLETE: {
    message: 'The {dialect} rules made no statement that would {change} {fact}. No statement was planned.',
    hint: 'Write this part as SQL in a migration, and please report the schema.',
    explain:
      'After the rules and strategies of the dialect every added object must be made and every dropped one removed. This is checked so that no change is lost in silence.',
    exit: 1,
  },
  YAMA_SCHEMA_STRATEGY_MISSING: {
    message: 'The statement "{title}" needs the strategy {strategy}, which the {dialect} dialect does not bring.',
    hint: 'Please report the schema.',
    explain: 'A rule may ask for a strategy, a table rebuild for example. One that is asked for must be there.',
    exit: 1,
  },
  YAMA_SCHEMA_RENAME_TWICE: {
    message: '{first} and {second} both say that they were {old}.',
    hint: 'Remove `was: {name}` from one of the two.',
    explain: 'A name can go to one object only. The places of both claims are in `data`.',
    exit: 65,
  },
  YAMA_SCHEMA_RENAME_CIRCLE: {
    message: 'They claim names that are all taken: {claims}.',
    hint: 'Rename one of them to a third name in a migration of its own, then to its final name in the next; or remove `was:` where the names were swapped already.',
    explain:
      'A `was:` may stay in an entity for ever, so it says nothing once the new name exists. Where names go round in a circle every new name exists before and after, and a swap that is to be done looks like one that is done. So it is neither guessed nor repeated.',
    exit: 65,
  },
  YAMA_SCHEMA_RENAME_INVALID: {
    message: '{from} cannot be renamed to {to}: {reason}.',
    hint: 'Check the decision or the `was:` of {to}.',
    explain: 'A rename needs an object of the old name, none of the new name, and both of one kind.',
    exit: 65,
  },
  YAMA_PROOF_FAILED: {
    message: 'The proof failed {stage}: {differences}. Only the scratch database was touched.',
    hint: 'Do not apply it where tables have rows like these. Where the server refused a value, write the conversion yourself (an UPDATE before it, or `USING`); where the plan is wrong whatever the rows are, please report it with the two schemas.',
    explain:
      'Up and Down were run on a clone with rows in it. The result must be exactly the wanted schema, rows must survive where nothing is said to be lost, and Down must bring back the original. A change of type for which no value could be found that has a form in both types is refused here as it would be in a database with rows.',
    exit: 10,
  },
  YAMA_OPERATION_UNKNOWN: {
    message: 'There is no operation `{name}`.{suggestion}',
    hint: 'The operations are: {known}.',
    explain: 'A YAML migration is a list of operations, each with one key that is the name of the operation.',
    exit: 65,
  },
  YAMA_OPERATION_INVALID: {
    message: '`{operation}`: {problem}',
    hint: 'The keys are: {keys}.',
    explain: 'The input of an operation has fixed keys. Unknown keys are refused, because a misspelt one would be ignored.',
    exit: 65,
  },
  YAMA_OPERATION_NOT_FOUND: {
    message: '`{operation}`: there is no {object}.{suggestion}',
    hint: 'Operations act on the schema as it is at their place in the history; `yama show` prints it.',
    explain: 'The object that the operation names does not exist after the migrations before it.',
    exit: 65,
  },
  YAMA_OPERATION_EXISTS: {
    message: '`{operation}`: {object} exists already.',
    hint: 'Choose another name, or remove this operation.',
    explain: 'The object that the operation would make exists after the migrations before it.',
    exit: 65,
  },
  YAMA_PORT_UNKNOWN: {
    message: 'The dialect {database} does not say how its schemas are understood by other databases. Nothing was written.',
    hint: 'Use a dialect with a `port` in its schema part.',
    explain: 'The schema part of a dialect may have a `port`: the meaning of its types and expressions, and its words for those of others.',
    exit: 78,
  },
})
