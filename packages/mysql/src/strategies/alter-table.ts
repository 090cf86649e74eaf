import {
  parseFactId,
  type Action,
  type AnyFact,
  type Fact,
  type FactBase,
  type FactId,
  type Reason,
  type RuleContext,
  type Strategy,
} from '@yama/schema'
import { action, ALTER_TABLE, converted, LOCK_ORDER, ROUNDS } from '../rules/action.ts'
import { keepKeys } from '../rules/keep-keys.ts'
import { isParting } from '../rules/partition-change.ts'
import { quoteName } from '../text/names.ts'
import { keysPointingTo } from './keys-pointing-to.ts'
import { moveViewsOn } from './move-views-on.ts'

type Round = 'drop keys' | 'alter' | 'add keys'
const LATE = 'late'

/**
 * Every clause of a table in one ALTER TABLE, so that its rows are read once and no statement between finds a key without its index. Foreign keys have rounds of
 * their own before and after: the servers refuse to touch what one is over, and cannot drop and add one of the same name in one statement.
 */
export const alterTable: Strategy = {
  name: ALTER_TABLE,
  apply: (given, context) => {
    const { actions, late } = moveViewsOn(given, context)
    const groups = new Map<string, Action[]>()
    const result: (Action | string)[] = []
    for (const one of actions) {
      if (one.needs?.strategy !== ALTER_TABLE) {
        result.push(one)
        continue
      }
      const apart = one.destroys.some((id) => late.has(id)) ? LATE : aloneFor(one, context, groups)
      const key = [roundOf(one, context), one.needs.subject, apart].join('\0')
      const group = groups.get(key)
      if (group !== undefined) group.push(one)
      else {
        groups.set(key, [one])
        result.push(key)
      }
    }
    return result.map((item) => (typeof item === 'string' ? joined(item, groups.get(item) ?? [], context) : item))
  },
}

function roundOf(one: Action, context: RuleContext): Round {
  const { before, after } = context
  const { fact } = one.because
  const destroyed = one.destroys.includes(fact)
  const found = destroyed ? before.facts.get(fact) : (after.facts.get(fact) ?? before.facts.get(fact))
  if (found?.kind === 'index' && one.produces.includes(fact) && servesNewKey(found, context)) return 'add keys'
  if (found?.kind === 'index' && destroyed && bindsReferenceSystem(found, context)) return 'drop keys'
  if (found?.kind !== 'constraint' || found.payload.type !== 'foreign') return 'alter'
  return destroyed ? 'drop keys' : 'add keys'
}

/**
 * An index of a foreign key that comes with it, where none was over the columns: rows that the key refuses then leave no index behind. One that also
 * serves a key which stays may be there for an index that goes.
 */
function servesNewKey({ parent = '', payload }: Fact<'index'>, { after, children, isAdded }: RuleContext): boolean {
  const columns = payload.keys.map((key) => key.column ?? '')
  const keyed = (base: 'before' | 'after', serves: (key: Fact<'constraint'>) => boolean): boolean =>
    children(parent, 'constraint', base).some((one) => one.payload.type === 'foreign' && serves(one))
  const isOver = ({ payload: key }: Fact<'constraint'>): boolean => key.columns.join('\0') === columns.join('\0')
  const servesOld = (key: Fact<'constraint'>): boolean =>
    !isAdded(key.id) && key.payload.columns.every((column, at) => columns[at] === column)
  return keyed('after', isOver) && !keyed('before', isOver) && !keyed('after', servesOld) && !isPointedTo(parent, columns, after)
}

/** A foreign key points to its columns, perhaps one of the table itself: MariaDB wants to find the index, not to be told of it in the same statement. */
const isPointedTo = (table: FactId, columns: readonly string[], after: FactBase): boolean =>
  keysPointingTo(table, after).some(({ payload }) => payload.references?.columns.every((column, at) => columns[at] === column) === true)

/** A spatial index on a column whose reference system changes: gone in the same statement is too late, ERROR 3644. */
function bindsReferenceSystem({ parent = '', payload }: Fact<'index'>, { children, after }: RuleContext): boolean {
  if (payload.method !== 'spatial') return false
  return children(parent, 'column', 'before').some((column) => {
    const now = after.facts.get(column.id)
    const isKey = payload.keys.some((key) => key.column === column.name)
    return isKey && now?.kind === 'column' && now.payload.options['srid'] !== column.payload.options['srid']
  })
}

/**
 * A full-text index needs a statement of its own where there is one already, for InnoDB builds one at a time; and where one of its name goes in
 * the same plan, since the servers take an index that is dropped and added in one statement for the same, whatever its parser.
 */
function aloneFor(one: Action, { after, isDropped }: RuleContext, groups: ReadonlyMap<string, readonly Action[]>): string {
  const { fact } = one.because
  const index = one.produces.includes(fact) ? after.facts.get(fact) : undefined
  if (index?.kind !== 'index' || index.payload.method !== 'fulltext') return ''
  const another = [...groups.values()]
    .flat()
    .some(({ because, needs }) => needs?.subject === one.needs?.subject && isFulltext(after.facts.get(because.fact)))
  return isDropped(fact) || another ? fact : ''
}

const isFulltext = (fact: AnyFact | undefined): boolean => fact?.kind === 'index' && fact.payload.method === 'fulltext'

function joined(key: string, clauses: readonly Action[], context: RuleContext): Action {
  const [round = 'alter', table = '', apart] = key.split('\0') as [Round, FactId, string]
  const sorted = clauses.toSorted((a, b) => rankOf(a) - rankOf(b) || placeOf(a, context) - placeOf(b, context))
  const all = (pick: (one: Action) => readonly FactId[]): FactId[] => [...new Set(sorted.flatMap(pick))]
  const lossy = sorted.filter(({ loss }) => loss !== 'none')
  const destroys = all(({ destroys: gone }) => gone)
  const marks = {
    'drop keys': { produces: [ROUNDS.keysGone], consumes: [], weight: 1 },
    alter: { produces: [ROUNDS.tablesDone], consumes: [ROUNDS.keysGone, converted(table)], weight: 17 },
    'add keys': { produces: [], consumes: [ROUNDS.tablesDone], weight: 22 },
  }[round]
  const comers = sorted.flatMap(({ because, produces: made }) => (made.includes(because.fact) ? [because.fact] : []))
  const sqls = [...keepKeys(table, comers, context), ...sorted.map(({ sql }) => sql)]
  // MariaDB refuses to touch the rows of the past unless it is said that they change too.
  const versioned = isVersioned(context.before.facts.get(table)) || (isVersioned(context.after.facts.get(table)) && !addsVersions(sqls))
  const head = versioned ? 'SET STATEMENT system_versioning_alter_history = KEEP FOR ' : ''
  return action(
    `${head}ALTER TABLE ${quoteName(parseFactId(table).name)}${bodyOf(sqls)}`,
    sorted.map(({ title }) => title).join('; '),
    // What waits for views is not what they wait for.
    apart === LATE ? (sorted[0]?.because ?? becauseOf(table, sorted, lossy)) : becauseOf(table, sorted, lossy),
    {
      produces: [...all(({ produces }) => produces), ...marks.produces],
      consumes: [...all(({ consumes }) => consumes), ...marks.consumes],
      after: [...all(({ after = [] }) => after), ...(round === 'alter' ? keysThatGoWithTheirTable(table, context) : [])],
      destroys,
      releases: all(({ releases }) => releases),
      lock: sorted.map(({ lock }) => lock).reduce((a, b) => (LOCK_ORDER.indexOf(b) > LOCK_ORDER.indexOf(a) ? b : a)),
      rewrite: sorted.some(({ rewrite }) => rewrite),
      weight: marks.weight,
      ...(lossy.length === 0
        ? {}
        : {
            loss: lossy.some(({ loss }) => loss === 'certain') ? ('certain' as const) : ('possible' as const),
            loses: lossy.map((one) => one.loses ?? one.title).join('; '),
            reversibility: 'lossy' as const,
          }),
    },
  )
}

/** The servers refuse to touch what a foreign key points to, also that of a table which goes. */
const keysThatGoWithTheirTable = (table: FactId, { before, isDropped }: RuleContext): readonly FactId[] =>
  keysPointingTo(table, before).flatMap(({ id, parent = '' }) => (isDropped(parent) ? [id] : []))

function bodyOf(sqls: readonly string[]): string {
  if (sqls.length === 1) return ` ${sqls[0] ?? ''}`
  const parting = sqls.filter(isParting)
  const commas = sqls.filter((sql) => !isParting(sql)).join(',\n  ')
  return `\n  ${[commas, ...parting].join('\n  ')}`
}

const isVersioned = (fact: AnyFact | undefined): boolean => fact?.kind === 'table' && fact.payload.options['systemVersioned'] === true
const addsVersions = (clauses: readonly string[]): boolean => clauses.some((sql) => sql.endsWith('ADD SYSTEM VERSIONING'))

/** The one fact that it is about, or that loses something; else the table. */
function becauseOf(table: FactId, clauses: readonly Action[], lossy: readonly Action[]): Reason {
  const [first, second] = lossy.length > 0 ? lossy : clauses
  if (first !== undefined && second === undefined) return first.because
  const origin = clauses.find(({ because }) => because.origin !== undefined)?.because.origin
  return { fact: table, change: 'alter', ...(origin === undefined ? {} : { origin }) }
}

/** Drops first, then what is there already, then what is new. */
const rankOf = (one: Action): number =>
  one.destroys.length > 0 ? 0 : one.produces.length === 0 ? 1 : one.sql.startsWith('ADD COLUMN') ? 2 : 3

function placeOf({ because }: Action, { after }: RuleContext): number {
  const fact: Fact | undefined = after.facts.get(because.fact)
  return fact?.position ?? 0
}
