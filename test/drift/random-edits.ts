import type { ManualEdit } from './manual-edit.ts'

export type EditedKind = 'sqlite' | 'postgres' | 'mysql'

/** So many tables, so many edits at a time at most: each is on a table of its own, so that it is known by itself what is to be found. */
export const TABLES = 6

/** Tables of one shape, each with a key to the one before it, an index, a view and a trigger, and one row. */
export function editedSchema(kind: EditedKind): readonly string[] {
  const text = kind === 'mysql' ? 'varchar(80)' : 'text'
  const once =
    kind === 'postgres'
      ? [
          'create function touch() returns trigger language plpgsql as $$ begin return new; end $$',
          "create type mood as enum ('sad', 'ok')",
        ]
      : []
  const tables = Array.from({ length: TABLES }, (_, at) => at).flatMap((at) => {
    const key = at === 0 ? '' : `, constraint t${at}_ref foreign key (ref) references t${at - 1} (id)`
    return [
      `create table t${at} (id int primary key, n int default 1, s ${text}, ref int, constraint t${at}_small check (n < 1000)${key})`,
      `create index t${at}_s on t${at} (s)`,
      `create view v${at} as select id, s from t${at} where id > 0`,
      triggerOf(kind, `g${at}`, at),
      `insert into t${at} (id, n, s) values (1, 5, 'row')`,
    ]
  })
  return [...once, ...tables]
}

const triggerOf = (kind: EditedKind, name: string, at: number): string =>
  ({
    sqlite: `create trigger ${name} after insert on t${at} begin update t${at} set s = 'x' where id = new.id; end`,
    postgres: `create trigger ${name} before insert on t${at} for each row execute function touch()`,
    mysql: `create trigger ${name} before insert on t${at} for each row set new.s = trim(new.s)`,
  })[kind]

type Make = (at: number, kind: EditedKind) => ManualEdit

/** What every database does without making a table anew. */
const everywhere: Readonly<Record<string, Make>> = {
  'add column': (at) => ({ sql: [`alter table t${at} add column extra int default 7`], found: [`+ column t${at}.extra`] }),
  'add index': (at) => ({ sql: [`create index t${at}_n on t${at} (n)`], found: [`+ index t${at}.t${at}_n`] }),
  'drop index': (at, kind) => ({ sql: [dropIndex(at, kind)], found: [`- index t${at}.t${at}_s`] }),
  'alter index': (at, kind) => ({
    sql: [dropIndex(at, kind), `create index t${at}_s on t${at} (s, n)`],
    found: [`~ index t${at}.t${at}_s`],
  }),
  'add table': (at) => ({ sql: [`create table more${at} (id int primary key, t int)`], found: [`+ table more${at}`] }),
  'add view': (at) => ({ sql: [`create view w${at} as select n from t${at}`], found: [`+ view w${at}`] }),
  'drop view': (at) => ({ sql: [`drop view v${at}`], found: [`- view v${at}`] }),
  'alter view': (at) => ({
    sql: [`drop view v${at}`, `create view v${at} as select id, s from t${at} where id > 9`],
    found: [`~ view v${at}`],
  }),
  'add trigger': (at, kind) => ({ sql: [triggerOf(kind, `h${at}`, at)], found: [`+ trigger t${at}.h${at}`] }),
  'drop trigger': (at, kind) => ({
    sql: [`drop trigger g${at}${kind === 'postgres' ? ` on t${at}` : ''}`],
    found: [`- trigger t${at}.g${at}`],
  }),
}

const dropIndex = (at: number, kind: EditedKind): string => `drop index t${at}_s${kind === 'mysql' ? ` on t${at}` : ''}`

const inPlace: Readonly<Record<string, Make>> = {
  'drop column': (at, kind) => ({
    sql: [kind === 'mysql' ? `alter table t${at} drop constraint t${at}_small, drop column n` : `alter table t${at} drop column n`],
    found: [`- column t${at}.n`, `- constraint t${at}.t${at}_small`],
  }),
  'change default': (at) => ({ sql: [`alter table t${at} alter column n set default 2`], found: [`~ column t${at}.n`] }),
  'drop default': (at) => ({ sql: [`alter table t${at} alter column n drop default`], found: [`~ column t${at}.n`] }),
  'change type': (at, kind) => ({
    sql: [`alter table t${at} ${kind === 'mysql' ? 'modify n bigint default 1' : 'alter column n type bigint'}`],
    found: [`~ column t${at}.n`],
  }),
  'set not null': (at, kind) => ({
    sql: [`alter table t${at} ${kind === 'mysql' ? 'modify n int not null default 1' : 'alter column n set not null'}`],
    found: [`~ column t${at}.n`],
  }),
  'add check': (at) => ({
    sql: [`alter table t${at} add constraint t${at}_more check (n > 0)`],
    found: [`+ constraint t${at}.t${at}_more`],
  }),
  'drop check': (at) => ({ sql: [`alter table t${at} drop constraint t${at}_small`], found: [`- constraint t${at}.t${at}_small`] }),
  'alter check': (at) => ({
    sql: [`alter table t${at} drop constraint t${at}_small`, `alter table t${at} add constraint t${at}_small check (n < 2000)`],
    found: [`~ constraint t${at}.t${at}_small`],
  }),
  'drop key': (at) => ({
    sql: at === 0 ? [] : [`alter table t${at} drop constraint t${at}_ref`],
    found: at === 0 ? [] : [`- constraint t${at}.t${at}_ref`],
  }),
  'comment on table': (at, kind) => ({
    sql: [kind === 'mysql' ? `alter table t${at} comment = 'by hand'` : `comment on table t${at} is 'by hand'`],
    found: [`~ table t${at}`],
  }),
}

const postgresAlone: Readonly<Record<string, Make>> = {
  'add function': (at) => ({
    sql: [`create function f${at}() returns int language sql as 'select ${at}'`],
    found: [`+ function f${at}()`],
  }),
  'add enum': (at) => ({ sql: [`create type e${at} as enum ('a', 'b')`], found: [`+ enum e${at}`] }),
  'add sequence': (at) => ({ sql: [`create sequence s${at}`], found: [`+ sequence s${at}`] }),
  grant: (at) => ({ sql: [`grant select on t${at} to public`], found: [`+ grant t${at}.PUBLIC`] }),
  'disable trigger': (at) => ({ sql: [`alter table t${at} disable trigger g${at}`], found: [`~ trigger t${at}.g${at}`] }),
  'row security': (at) => ({ sql: [`alter table t${at} enable row level security`], found: [`~ table t${at}`] }),
  policy: (at) => ({ sql: [`create policy p${at} on t${at} using (n = 1)`], found: [`+ policy t${at}.p${at}`] }),
}

/** The edits that a database knows, by their names. */
export const editsOf: Readonly<Record<EditedKind, Readonly<Record<string, Make>>>> = {
  sqlite: everywhere,
  postgres: { ...everywhere, ...inPlace, ...postgresAlone },
  mysql: { ...everywhere, ...inPlace },
}
