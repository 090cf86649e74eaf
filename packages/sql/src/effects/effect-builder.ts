import type { ColumnFacet, ColumnSays, Effect, EffectAccess, EffectFacet, EffectLink, PickedRows, StatementEffects } from '@yama/core'
import { placesOf } from './in-order.ts'
import { INDEXES } from './inherited.ts'
import { restatedEffects } from './restated-effects.ts'

/** An object as a statement names it; `schema` is `''` where it is not written. */
export interface ObjectName {
  readonly schema: string
  readonly name: string
}

/** Gathers what one statement reads and writes. */
export interface EffectBuilder {
  /** Of an object, `relation:` and so on before the name. */
  object(kind: string, of: ObjectName, access: EffectAccess, ...facets: readonly EffectFacet[]): void
  /** Of something inside an object. */
  member(kind: string, of: ObjectName, member: string, access: EffectAccess, ...facets: readonly EffectFacet[]): void
  /** New rows depend on the defaults of the columns that they are not given values for. */
  defaults(of: ObjectName, given: readonly string[]): void
  /** New rows, where it is told which columns they are given values for. */
  adds(of: ObjectName, given: readonly string[]): void
  /** Everything of an object but its rows, to make another one like it. */
  copied(of: ObjectName): void
  link(kind: string, of: ObjectName, when: EffectLink['when'], inside: StatementEffects, columns?: readonly string[]): void
  /** The same, where each row alone decides what follows from it. */
  rowLink(of: ObjectName, when: 'insert' | 'update' | 'delete', effects: readonly Effect[], columns?: readonly string[]): void
  /** What is found out for a row that is given no value for a column. */
  valueLink(of: ObjectName, column: string, effects: readonly Effect[]): void
  /** A key that is added, over columns or over something else. */
  key(of: ObjectName, member: string, columns: readonly string[] | undefined): void
  /** An index or constraint that is added, with the columns it could serve as a key for; none where it is no key. */
  named(of: ObjectName, member: string, columns: readonly string[] | undefined): void
  /** Some key over these columns has to be there; columns that are not written are those of the primary key. */
  needsKey(of: ObjectName, columns: readonly string[]): void
  /** A column of a table that is created. */
  column(of: ObjectName, name: string, is: { readonly number: boolean; readonly generated: boolean; readonly empty: boolean }): void
  /** What is written of a column where it is created, or said anew. */
  says(of: ObjectName, name: string, says: ColumnSays): void
  /** Facets of a column that are said anew. What is not understood is changed. `lets`: nothing that was made from the column stands in the way. */
  restates(of: ObjectName, name: string, says: ColumnSays, facets: readonly ColumnFacet[], lets?: true): void
  rows(picked: PickedRows): void
  idempotent(): void
  /** It may differ with the order in which rows are found. */
  ordered(): void
  /** Whatever was made from what is dropped goes with it. */
  cascade(): void
  /** Views of what is dropped or renamed do not work any more. */
  invalidates(): void
  unknown(why: string): void
  /** Everything another statement does, which this one contains. */
  include(other: StatementEffects): void
  done(): StatementEffects
}

/**
 * A builder of effects, used once per statement.
 *
 * @example
 * const build = effectBuilder()
 * build.object('relation', { schema: '', name: 'users' }, 'add', 'exist')
 * build.done().effects.length // 1
 */
export function effectBuilder(): EffectBuilder {
  const effects: Effect[] = []
  const links: EffectLink[] = []
  const tables = new Map<string, GrowingTable>()
  const tableOf = ({ name }: ObjectName): GrowingTable => {
    const object = `relation:${name}`
    const table = tables.get(object) ?? { columns: [], numbers: [], empty: [], generated: [], says: {} }
    tables.set(object, table)
    return table
  }
  let picked: PickedRows | undefined
  let unknown: string | undefined
  let idempotent = false
  let ordered = false
  let cascade = false
  let invalidates = false
  const builder: EffectBuilder = {
    object: (kind, { schema, name }, access, ...facets) => {
      for (const facet of facets) effects.push({ object: `${kind}:${name}`, schema, facet, access })
    },
    member: (kind, { schema, name }, member, access, ...facets) => {
      for (const facet of facets) effects.push({ object: `${kind}:${name}`, schema, member, facet, access })
    },
    defaults: ({ schema, name }, given) => {
      effects.push({ object: `relation:${name}`, schema, facet: 'default', access: 'read', given })
    },
    adds: ({ schema, name }, given) => {
      effects.push({ object: `relation:${name}`, schema, facet: 'rows', access: 'add', given })
    },
    copied: (of) => {
      const { schema, name } = of
      builder.object('relation', of, 'read', 'exist', 'default', 'null', 'comment')
      effects.push({ object: `relation:${name}`, schema, facet: 'shape', access: 'read', parts: true })
    },
    link: (kind, { schema, name }, when, inside, columns) => {
      const why = inside.unknown === undefined ? {} : { unknown: inside.unknown }
      links.push({
        object: `${kind}:${name}`,
        schema,
        when,
        effects: inside.ordered === true ? [...inside.effects, ...placesOf(inside.effects)] : inside.effects,
        ...why,
        ...over(columns),
      })
    },
    rowLink: ({ schema, name }, when, inside, columns) => {
      links.push({
        object: `relation:${name}`,
        schema,
        when,
        effects: inside,
        rowwise: true,
        ...over(columns),
      })
    },
    valueLink: (of, column, inside) => {
      if (inside.length > 0) builder.rowLink(of, 'insert', inside, [column])
    },
    key: ({ schema, name }, member, columns) => {
      effects.push({ object: `relation:${name}`, schema, member, facet: 'uniqueness', access: 'add', ...over(columns) })
    },
    named: ({ schema, name }, member, columns) => {
      effects.push({ object: `relation:${name}`, schema, member, facet: 'exist', access: 'add', ...over(columns) })
      effects.push({ object: `relation:${name}`, schema, member: INDEXES, facet: 'order', access: 'read' })
    },
    needsKey: ({ schema, name }, columns) => {
      effects.push({
        object: `relation:${name}`,
        schema,
        facet: 'uniqueness',
        access: 'read',
        ...over(columns.length === 0 ? undefined : columns),
      })
    },
    column: (of, name, { number, generated, empty }) => {
      const columns = tableOf(of)
      columns.columns.push(name)
      if (number) columns.numbers.push(name)
      if (empty) columns.empty.push(name)
      if (generated) columns.generated.push(name)
    },
    says: (of, name, says) => {
      tableOf(of).says[name] = says
    },
    restates: (of, name, says, facets, lets) => {
      builder.says(of, name, says)
      effects.push(...restatedEffects({ object: `relation:${of.name}`, schema: of.schema, member: `column:${name}` }, says, facets, lets))
    },
    rows: (found) => {
      picked = found
    },
    idempotent: () => {
      idempotent = true
    },
    ordered: () => {
      ordered = true
    },
    cascade: () => {
      cascade = true
    },
    invalidates: () => {
      invalidates = true
    },
    unknown: (why) => {
      unknown ??= why
    },
    include: (other) => {
      effects.push(...other.effects)
      links.push(...(other.links ?? []))
      unknown ??= other.unknown
      ordered ||= other.ordered === true
    },
    done: () => ({
      effects: [...effects, ...schemasOf(effects)],
      ...(links.length === 0 ? {} : { links }),
      ...(tables.size === 0 ? {} : { tables: [...tables].map(([object, columns]) => ({ object, ...columns })) }),
      ...(picked === undefined ? {} : { rows: picked }),
      ...(unknown === undefined ? {} : { unknown }),
      ...(idempotent ? { idempotent } : {}),
      ...(ordered ? { ordered } : {}),
      ...(cascade ? { cascade } : {}),
      ...(invalidates ? { invalidates } : {}),
    }),
  }
  return builder
}

const over = (columns: readonly string[] | undefined): Pick<Effect, 'columns'> => (columns === undefined ? {} : { columns })

interface GrowingTable {
  readonly columns: string[]
  readonly numbers: string[]
  readonly empty: string[]
  readonly generated: string[]
  readonly says: Record<string, ColumnSays>
}

/** Whatever is named with its schema needs the schema to be there under that name. */
const schemasOf = (effects: readonly Effect[]): readonly Effect[] =>
  [...new Set(effects.flatMap(({ schema }) => (schema === '' ? [] : [schema])))].map((name) => ({
    object: `schema:${name}`,
    schema: '',
    facet: 'exist',
    access: 'read',
  }))
