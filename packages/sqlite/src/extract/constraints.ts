import { memberId, objectId, type ConstraintPayload, type Fact, type ForeignReference } from '@yama/schema'
import { withQuotedStrings } from '../text/quoted-strings.ts'
import { canonical } from '../text/canonical.ts'
import { quoteName } from '../text/names.ts'
import { withoutOwnTable } from '../text/own-table.ts'
import { mentionedColumns } from './columns.ts'
import { derivedName, isUnnamed } from './constraint-name.ts'
import type { ParsedConstraint, ParsedKey } from './parse-constraint.ts'
import type { TableModel } from './table-model.ts'

/** Tables by their names in lower case. */
export type TableModels = ReadonlyMap<string, TableModel>

export function constraintFacts(table: TableModel, tables: TableModels): readonly Fact<'constraint'>[] {
  const taken = new Set<string>()
  const all = table.parsed.constraints.map((parsed) => {
    const payload = payloadOf(table, parsed, tables)
    return { parsed, payload, text: JSON.stringify(payload) }
  })
  // Said twice is said once: SQLite makes one index of such a key. Wherever one with a name stands, it is the one that counts.
  const said = new Set(all.flatMap(({ parsed, text }) => (parsed.name === undefined ? [] : [text])))
  return all.flatMap(({ parsed, payload, text }, position): readonly Fact<'constraint'>[] => {
    if (parsed.name === undefined && (parsed.type === 'unique' || parsed.type === 'check') && said.has(text)) return []
    said.add(text)
    const derived = derivedName(payload.type, payload.columns, payload.expression)
    const named = parsed.name !== undefined && !taken.has(parsed.name) && !isUnnamed(parsed.name, { ...payload, named: true })
    const name = named && parsed.name !== undefined ? parsed.name : free(derived, taken)
    taken.add(name)
    const id = memberId('constraint', '', table.name, name)
    const parent = objectId('table', '', table.name)
    return [{ kind: 'constraint', id, schema: '', name, parent, payload: { ...payload, named }, dependsOn: [], position }]
  })
}

function free(name: string, taken: ReadonlySet<string>): string {
  let candidate = name
  for (let count = 2; taken.has(candidate); count++) candidate = `${name}_${String(count)}`
  return candidate
}

function payloadOf(table: TableModel, parsed: ParsedConstraint, tables: TableModels): Omit<ConstraintPayload, 'named'> {
  const declared = (column: string): string => table.names.get(column.toLowerCase()) ?? column
  const check = parsed.check === undefined ? undefined : withoutOwnTable(parsed.check, table.name)
  const expression = check === undefined ? undefined : canonical(withQuotedStrings(check, table.names), table.names)
  const modifiers = keyModifiers(table, parsed, declared)
  return {
    type: parsed.type,
    columns: check === undefined ? parsed.keys.map((key) => declared(key.column)) : mentionedColumns(table, check),
    ...(parsed.references === undefined ? {} : { references: resolve(parsed.references, parsed.keys.length, tables) }),
    ...(expression === undefined ? {} : { expression }),
    ...(parsed.deferrable === undefined ? {} : { deferrable: parsed.deferrable }),
    options: {
      ...(parsed.onConflict === undefined || parsed.onConflict === 'abort' ? {} : { onConflict: parsed.onConflict }),
      ...(modifiers === undefined ? {} : { keys: modifiers }),
    },
  }
}

/** `a DESC, b COLLATE NOCASE`, only where a key part says more than its column. */
function keyModifiers(table: TableModel, parsed: ParsedConstraint, declared: (column: string) => string): string | undefined {
  if (parsed.type === 'primary' && table.rowidAlias !== undefined) return undefined
  const collationOf = (key: ParsedKey): string =>
    table.columns.find((column) => column.name === declared(key.column))?.text.collation ?? 'BINARY'
  const parts = parsed.keys.map((key) => ({
    column: quoteName(declared(key.column)),
    more: `${key.collation === undefined || key.collation === collationOf(key) ? '' : ` COLLATE ${quoteName(key.collation)}`}${key.descending ? ' DESC' : ''}`,
  }))
  return parts.some((part) => part.more !== '') ? parts.map((part) => part.column + part.more).join(', ') : undefined
}

/** Names as declared, and the parent's primary key where the reference leaves its columns out. A key of another size is kept as written. */
function resolve(reference: Omit<ForeignReference, 'schema'>, size: number, tables: TableModels): ForeignReference {
  const target = tables.get(reference.table.toLowerCase())
  const primary = target?.primary?.keys.map((key) => key.column) ?? []
  const columns = reference.columns.length > 0 || primary.length !== size ? reference.columns : primary
  return {
    ...reference,
    schema: '',
    table: target?.name ?? reference.table,
    columns: columns.map((column) => target?.names.get(column.toLowerCase()) ?? column),
  }
}
