import type { SourcePosition } from '@yama/core'
import { type AnyFact, type Fact, type FactId, type FactKind, memberId, objectId } from '@yama/schema'
import { byteLength, fits } from '../model/byte-length.ts'
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
  grant: 'grant',
  defaultPrivilege: 'default privilege',
}

export function createEmitter(model: Model): Emitter {
  const facts = new Map<FactId, AnyFact>()
  const statedBy = new Map<FactId, Placed>()
  const counters = new Map<string, number>()
  /** Relations share one namespace per schema, and so do indexes with them, which on MySQL and MariaDB belong to their table; SQLite folds case. */
  const taken = new Map<string, string>()
  const fold = (text: string): string => (model.kind === 'sqlite' ? text.toLowerCase() : text)
  const sharesIndexes = model.kind !== 'mysql' && model.kind !== 'mariadb'
  const spaceOf = (kind: FactKind, schema: string, name: string): string | undefined =>
    kind === 'table' || kind === 'view' || (kind === 'index' && sharesIndexes) || kind === 'sequence'
      ? `${schema}/${fold(name)}`
      : undefined
  const spell = ({ file, line, column }: SourcePosition): string => `${file}:${line}:${column}`
  const limit = model.dialect.identifierLimit
  const checkLength = (name: string, at: SourcePosition): void => {
    if (!fits(name, limit))
      model.report.error('YAMA_ENTITY_NAME_LENGTH', { name, bytes: byteLength(name), database: productName(model.kind), limit }, at)
  }
  return {
    model,
    facts,
    statedBy,
    checkLength,
    add(fact, by, at) {
      const origin = at ?? by.source.keyAt(by.path)
      const counter = `${fact.parent ?? ''}/${fact.kind}`
      const position = (counters.get(counter) ?? 0) + 1
      const full = (fact.parent === undefined ? { ...fact, origin } : { ...fact, origin, position }) as unknown as AnyFact
      const known = facts.get(full.id)
      const space = spaceOf(full.kind, full.schema, full.name)
      const other = known?.origin === undefined ? (space === undefined ? undefined : taken.get(space)) : spell(known.origin)
      if (other !== undefined) {
        const where = full.parent === undefined ? '' : ` of ${full.parent.slice(full.parent.indexOf(':') + 1)}`
        return model.report.error('YAMA_ENTITY_DUPLICATE_NAME', { kind: readable[full.kind], name: `${full.name}${where}`, other }, origin)
      }
      // A function's arguments and a grant's column are no part of a name.
      if (full.kind !== 'grant' && full.kind !== 'defaultPrivilege')
        checkLength(full.kind === 'function' ? full.payload.name : full.name, origin)
      if (space !== undefined) taken.set(space, spell(origin))
      counters.set(counter, position)
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

export const tableId = (owner: { readonly schema: string; readonly table: string }): FactId => objectId('table', owner.schema, owner.table)
export const columnId = (owner: { readonly schema: string; readonly table: string }, column: string): FactId =>
  memberId('column', owner.schema, owner.table, column)
