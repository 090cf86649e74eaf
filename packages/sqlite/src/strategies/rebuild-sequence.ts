import {
  renamedTexts,
  type Action,
  type Fact,
  type FactBase,
  type FactId,
  type Reason,
  type RuleContext,
  type Unmanaged,
} from '@yama/schema'
import { REBUILD_PREFIX } from '../dialect/rebuild-guard.ts'
import { action } from '../rules/action.ts'
import { renderIndex } from '../rules/render-index.ts'
import { renderTable } from '../rules/render-table.ts'
import { quoteName, quoteNames, sameName } from '../text/names.ts'
import { KEYS_OFF, KEYS_ON } from './foreign-key-pragma.ts'
import { rebuiltMark } from '../dialect/rebuilt-mark.ts'

/** The statements of one rebuild, which stay together. Renames have run before, so names are equal on both sides. */
export function rebuildSequence(tableId: FactId, absorbed: readonly Action[], context: RuleContext): readonly Action[] {
  const table = context.after.facts.get(tableId)
  if (table?.kind !== 'table') return absorbed
  const columns = context.children(tableId, 'column', 'after')
  const constraints = context.children(tableId, 'constraint', 'after')
  const indexes = context.children(tableId, 'index', 'after')
  const { name } = table
  const [quoted, copy] = [quoteName(name), quoteName(REBUILD_PREFIX + name)]
  const lossy = absorbed.filter((one) => one.loss !== 'none')
  const loses = lossy.map((one) => one.loses ?? one.title).join('; ')
  const worst: Action['loss'] = lossy.length === 0 ? 'none' : lossy.some((one) => one.loss === 'certain') ? 'certain' : 'possible'
  const loss = worst === 'none' ? {} : { loss: worst, loses, reversibility: 'lossy' as const }
  // Not `alter`: with foreign keys off the order of rebuilds among each other is free, and stays so.
  const because: Reason = { ...(absorbed[0]?.because ?? { fact: tableId }), change: 'replace' }
  const why = absorbed.map((one) => one.title).join('; ')
  const triggers = context.children(tableId, 'trigger', 'after')
  const later = new Set([...indexes, ...triggers].map((one) => one.id))
  const made = absorbed.flatMap((one) => one.produces).filter((id) => !later.has(id))
  const autoincrement = (base: 'before' | 'after'): boolean => {
    const fact = context[base].facts.get(tableId)
    return fact?.kind === 'table' && fact.payload.options['autoincrement'] === true
  }

  const step = (sql: string, title: string, more: Partial<Action> = {}): Action =>
    action(sql, title, because, {
      rewrite: true,
      together: `rebuild ${tableId}`,
      weight: 17,
      consumes: [KEYS_OFF],
      releases: [KEYS_ON],
      ...more,
    })
  return [
    step(renderTable({ table, columns, constraints }, REBUILD_PREFIX + name), `rebuild table ${name}: ${why}`, {
      consumes: [KEYS_OFF, ...absorbed.flatMap((one) => one.consumes)],
    }),
    ...copyRows(tableId, quoted, copy, context).map((sql) => step(sql, `copy the rows of ${name}`)),
    ...(autoincrement('before') && autoincrement('after') ? keepSequence(name, step) : []),
    step(`DROP TABLE ${quoted} ${rebuiltMark(worst, loses)}`, `drop the old table ${name}`, {
      destroys: [...new Set(absorbed.flatMap((one) => one.destroys))],
      ...loss,
    }),
    // Views and triggers of other tables name the table that is missing just now; without this SQLite refuses the rename.
    step('PRAGMA legacy_alter_table = ON', 'leave views and triggers alone'),
    step(`ALTER TABLE ${copy} RENAME TO ${quoted}`, `put the new table ${name} in its place`, {
      produces: [...new Set(made), rebuiltName(tableId)],
    }),
    step('PRAGMA legacy_alter_table = OFF', 'rename as usual again'),
    ...indexes.map((index) =>
      step(renderIndex(index, name), `create index ${index.name}`, context.isAdded(index.id) ? { produces: [index.id] } : {}),
    ),
    ...triggers.map((one) =>
      step(one.payload.definition, `create trigger ${one.name}`, context.isAdded(one.id) ? { produces: [one.id] } : {}),
    ),
    ...triggersOf(tableId, context).map((one) => step(one.definition ?? '', `create trigger ${one.name} again`)),
  ]
}

/** No fact: a second name beside a single foreign key tells the order that the key stands inside a larger statement. */
const rebuiltName = (tableId: FactId): FactId => `rebuilt:${tableId}`

/**
 * Triggers that are not managed and go with the old table. No plan makes or drops them, so on the way back, which starts from entities that
 * do not describe them, they are those of the state that is returned to.
 */
function triggersOf(tableId: FactId, { before, after }: RuleContext): readonly Unmanaged[] {
  const own = ({ unmanaged }: FactBase): readonly Unmanaged[] => unmanaged.filter((one) => one.kind === 'trigger' && one.table === tableId)
  return own(before).length > 0 ? own(before) : own(after)
}

function copyRows(tableId: FactId, from: string, to: string, context: RuleContext): readonly string[] {
  const old = new Set(context.children(tableId, 'column', 'before').map((column) => column.name))
  const kept = context
    .children(tableId, 'column', 'after')
    .filter((column) => column.payload.generated === undefined && old.has(column.name))
  const names = kept.length > 0 ? quoteNames(kept.map((column) => column.name)) : sharedRowid(tableId, context)
  const values = kept.length > 0 ? kept.map((column) => copiedValue(column, context)).join(', ') : names
  // Without anything in common only an empty table can be rebuilt: the connection counts, and refuses one with rows.
  return names === undefined ? [] : [`INSERT INTO ${to} (${names})\nSELECT ${values} FROM ${from}`]
}

/** The column, or what its values are called from now on. */
function copiedValue(column: Fact<'column'>, context: RuleContext): string {
  const name = quoteName(column.name)
  const renamed = renamedTexts(column, context)
  if (renamed.length === 0) return name
  return `CASE ${name} ${renamed.map(({ old, value }) => `WHEN ${literal(old)} THEN ${literal(value)}`).join(' ')} ELSE ${name} END`
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Where no column stays the rows do, with the defaults of the new columns. */
function sharedRowid(tableId: FactId, context: RuleContext): string | undefined {
  const has = (base: 'before' | 'after'): boolean => {
    const table = context[base].facts.get(tableId)
    const without = table?.kind === 'table' && table.payload.options['withoutRowid'] === true
    return !without && !context.children(tableId, 'column', base).some((column) => sameName(column.name, 'rowid'))
  }
  return has('before') && has('after') ? 'rowid' : undefined
}

/** AUTOINCREMENT never gives a number twice: the highest one that was ever given is kept, also where its row is gone. */
function keepSequence(name: string, step: (sql: string, title: string) => Action): readonly Action[] {
  const copy = literal(REBUILD_PREFIX + name)
  return [
    step(`DELETE FROM sqlite_sequence WHERE name = ${copy}`, `keep the numbering of ${name}`),
    step(
      `INSERT INTO sqlite_sequence (name, seq) SELECT ${copy}, seq FROM sqlite_sequence WHERE name = ${literal(name)}`,
      `keep the numbering of ${name}`,
    ),
  ]
}
