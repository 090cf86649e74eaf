import type { Action, AlterDelta, Fact, FactId, RuleContext } from '@yama/schema'
import { collationName, identifier, qualified } from '../types/quoted.ts'
import { action } from './action.ts'
import { columnsOfType, conversions } from './columns-of-type.ts'
import { conversion, mayLose } from './column-type.ts'
import { spoken, spokenTable } from './names.ts'

/** Attributes of a domain that are changed in place, and of those the ones for which the server looks at all values. */
const OF_DOMAIN: ReadonlySet<string> = new Set(['default', 'notNull', 'notNullName', 'notNullComment', 'checks', 'comment'])

/** True where the server would have to look at values inside of arrays, rows and ranges, which it refuses. */
function isHidden(delta: Extract<AlterDelta, { kind: 'domain' }>, context: RuleContext): boolean {
  const [from, to] = [delta.from.payload, delta.to.payload]
  const tried = (checks: typeof to.checks): readonly string[] =>
    checks.flatMap(({ name, expression, notValid }) => (notValid === true ? [] : [`${name}\0${expression}`]))
  const known = tried(from.checks)
  const looks = (to.notNull && !from.notNull) || tried(to.checks).some((check) => !known.includes(check))
  return looks && isInside(delta.id, context)
}

function isInside(id: FactId, context: RuleContext): boolean {
  if (columnsOfType(id, context).some(({ payload }) => payload.type.endsWith('[]'))) return true
  return context.dependents(id, 'before').some((dependent) => {
    const fact = context.before.facts.get(dependent)
    if (fact?.kind === 'domain') return isInside(dependent, context)
    if (fact?.kind !== 'compositeType' && fact?.kind !== 'rangeType') return false
    return isInUse(dependent, context) || isInside(dependent, context)
  })
}

/** True where plain columns have it: such a type, or collation, cannot go before another takes its place. */
const isInUse = (id: FactId, context: RuleContext): boolean => columnsOfType(id, context).length > 0

/** True where a domain, range type or collation is in use and changes in a way that the server has no statement for. */
export function needsNewType(delta: AlterDelta, context: RuleContext): boolean {
  const others = delta.attributes.some(({ attribute }) => attribute !== 'comment')
  switch (delta.kind) {
    case 'domain':
      return isHidden(delta, context) || (delta.attributes.some(({ attribute }) => !OF_DOMAIN.has(attribute)) && isInUse(delta.id, context))
    case 'rangeType':
      return others && isInUse(delta.id, context)
    case 'object':
      return delta.to.name.startsWith('collation ') && others && isInUse(delta.id, context)
    default:
      return false
  }
}

export interface Swap {
  /** Statements that move the old one, and what came with it, out of the way. */
  readonly aside: readonly string[]
  /** The actions of a new one. */
  readonly create: readonly Action[]
  /** `DROP DOMAIN`, without the name. */
  readonly drop: string
  /** The name that the old one has meanwhile. */
  readonly meanwhile: string
  /** The old one, where it is of another kind. */
  readonly of?: FactId
  /** What the values are underneath, before and after; undefined where they stay as they are. */
  readonly values?: readonly [from: string, to: string]
  readonly collation?: string
  /** Types that have another name afterwards, with their arrays. */
  readonly types?: Readonly<Record<string, string>>
}

/**
 * A new one takes the place of one in use: the old one is put aside, the new one made, each column converted, the old one dropped. A value that does
 * not fit makes it fail, so nothing is lost in silence.
 */
export function swapType(
  to: Fact<'domain'> | Fact<'rangeType'> | Fact<'object'> | Fact<'enum'>,
  swap: Swap,
  context: RuleContext,
): readonly Action[] {
  const step = (sql: string, title: string, parts: Partial<Action> = {}): Action => ({
    ...action(to, 'alter', { sql, title, lock: 'ACCESS EXCLUSIVE' }),
    ...parts,
  })
  const narrows = swap.values !== undefined && mayLose(...swap.values)
  return [
    ...swap.aside.map((sql) => step(sql, `put ${spoken(to)} aside`)),
    ...swap.create.map((each) => ({ ...each, produces: [], because: { ...each.because, change: 'alter' as const } })),
    ...conversions(swap.of ?? to.id, context, (column) => convert(column, swap), swap.types).map(({ column, sql }) =>
      step(sql, `convert column ${column.name} of ${spokenTable(column)}`, {
        rewrite: swap.collation === undefined,
        consumes: [column.id],
        // What reads the column is made again after that.
        because: { fact: column.id, change: 'alter', attribute: 'type' },
        ...(narrows
          ? {
              loss: 'possible' as const,
              loses: `values of column ${column.name} of ${spokenTable(column)} that do not fit`,
              reversibility: 'lossy' as const,
            }
          : {}),
      }),
    ),
    step(`${swap.drop} ${qualified(to.schema, swap.meanwhile)}`, `drop the old ${spoken(to)}`),
  ].map((each) => ({ ...each, together: `swap ${to.id}` }))
}

function convert(column: Fact<'column'>, { values, collation, types }: Swap): string {
  const name = identifier(column.name)
  const type = types?.[column.payload.type] ?? column.payload.type
  const array = type.endsWith('[]') ? '[]' : ''
  const through =
    values === undefined ? `${name}::text${array}::${type}` : asType(conversion(name, values[0] + array, values[1] + array), type)
  const using = collation === undefined ? through : undefined
  const own = collation ?? column.payload.collation
  return `${own === undefined ? '' : ` COLLATE ${collationName(own)}`}${using === undefined ? '' : ` USING ${using}`}`
}

const asType = (expression: string | undefined, type: string): string | undefined =>
  expression === undefined ? undefined : `(${expression})::${type}`
