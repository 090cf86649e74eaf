import type { SourcePosition } from '@yama/core'
import { type AnyFact, columnOf, type Fact, type FactId, type FactKind, memberId, objectId } from '@yama/schema'
import { fits, nameLength } from '../model/name-length.ts'
import type { Model, Placed } from '../model/model.ts'
import { productName } from '../model/product-name.ts'
import type { ConstraintKind } from '../model/naming.ts'

export interface Emitter {
  readonly model: Model
  readonly facts: Map<FactId, AnyFact>
  /** Which part of which file says a fact; for the writer. */
  readonly statedBy: Map<FactId, Placed>
  add<K extends FactKind>(fact: Omit<Fact<K>, 'origin'>, by: Placed, at?: SourcePosition): void
  /** The given name, or the policy's, with a number where that is taken. */
  memberName(
    kind: ConstraintKind,
    given: string | undefined,
    owner: { readonly schema: string; readonly table: string },
    columns: readonly string[],
  ): string
  /** Comments, where the database has them. */
  comment(text: string | undefined): { readonly comment?: string }
  /** Refuses a name of the user's that the server would cut. */
  checkLength(name: string, at: SourcePosition): void
}

const hasComments = { postgres: true, mysql: true, mariadb: true, sqlite: false } as const

const readable: Readonly<Record<FactKind, string>> = {
  schema: 'schema',
  extension: 'extension',
  enum: 'enum type',
  domain: 'domain',
  compositeType: 'composite type',
  rangeType: 'range type',
  sequence: 'sequence',
  table: 'table',
  column: 'column',
  constraint: 'constraint',
  index: 'index',
  rows: 'rows',
  function: 'function',
  view: 'view',
  trigger: 'trigger',
  rule: 'rule',
  policy: 'policy',
  statistics: 'statistics object',
  publication: 'publication',
  eventTrigger: 'event trigger',
  object: 'object',
  grant: 'grant',
  defaultPrivilege: 'default privilege',
  owner: 'owner',
}

export function createEmitter(model: Model): Emitter {
  const facts = new Map<FactId, AnyFact>()
  const statedBy = new Map<FactId, Placed>()
  /** By parent, then kind. */
  const counters = new Map<FactId | undefined, Map<FactKind, number>>()
  /** Relations share one namespace per schema, and so do indexes with them, which on MySQL and MariaDB belong to their table; SQLite folds case. */
  const taken = new Map<string, SourcePosition>()
  const fold = (text: string): string => (model.kind === 'sqlite' ? text.toLowerCase() : text)
  const sharesIndexes = model.kind !== 'mysql' && model.kind !== 'mariadb'
  const spaceOf = (kind: FactKind, schema: string, name: string): string | undefined =>
    kind === 'table' || kind === 'view' || (kind === 'index' && sharesIndexes) || kind === 'sequence'
      ? `${schema}/${fold(name)}`
      : undefined
  const spell = ({ file, line, column }: SourcePosition): string => `${file}:${line}:${column}`
  const limit = model.dialect.identifierLimit
  const checkLength = (name: string, at: SourcePosition): void => {
    if (fits(name, model.dialect)) return
    const length = `${String(nameLength(name, model.dialect))} ${model.dialect.identifierUnit ?? 'bytes'}`
    model.report.error('YAMA_ENTITY_NAME_LENGTH', { name, length, database: productName(model.kind), limit }, at)
  }
  return {
    model,
    facts,
    statedBy,
    checkLength,
    add(fact, by, at) {
      const origin = at ?? by.source.keyAt(by.path)
      let ofParent = counters.get(fact.parent)
      if (ofParent === undefined) counters.set(fact.parent, (ofParent = new Map()))
      const position = (ofParent.get(fact.kind) ?? 0) + 1
      // Every caller writes a new object: a copy of each would be twice the garbage.
      const full = fact as unknown as AnyFact
      const written: { origin?: SourcePosition; position?: number } = fact
      written.origin = origin
      if (fact.parent !== undefined) written.position = position
      const known = facts.get(full.id)
      const space = spaceOf(full.kind, full.schema, full.name)
      const earlier = known?.origin ?? (space === undefined ? undefined : taken.get(space))
      if (earlier !== undefined) {
        const other = spell(earlier)
        const where = full.parent === undefined ? '' : ` of ${full.parent.slice(full.parent.indexOf(':') + 1)}`
        return model.report.error('YAMA_ENTITY_DUPLICATE_NAME', { kind: readable[full.kind], name: `${full.name}${where}`, other }, origin)
      }
      // A function's arguments and a grant's column are no part of a name.
      if (full.kind !== 'grant' && full.kind !== 'defaultPrivilege')
        checkLength(full.kind === 'function' ? full.payload.name : full.name, origin)
      if (space !== undefined) taken.set(space, origin)
      ofParent.set(fact.kind, position)
      facts.set(full.id, full)
      statedBy.set(full.id, by)
    },
    memberName(kind, given, { schema, table }, columns) {
      if (given !== undefined) return given
      const base = model.naming.member(kind, table, columns)
      for (let number = 0; ; number++) {
        const name = number === 0 ? base : model.naming.fit(`${base}${number}`)
        const id = memberId(kind === 'index' ? 'index' : 'constraint', schema, table, name)
        const free = !facts.has(id) && !(kind === 'index' && sharesIndexes && taken.has(`${schema}/${fold(name)}`))
        if (free) return name
      }
    },
    comment: (text) => (text === undefined || !hasComments[model.kind] ? {} : { comment: text }),
  }
}

interface Owner {
  readonly schema: string
  readonly table: string
}
const tableIds = new WeakMap<Owner, FactId>()

/** The id of an entity's table; the same text for all that is under it. */
export function tableId(owner: Owner): FactId {
  let id = tableIds.get(owner)
  if (id === undefined) tableIds.set(owner, (id = objectId('table', owner.schema, owner.table)))
  return id
}
export const columnId = (owner: Owner, column: string): FactId => columnOf(tableId(owner), column)
