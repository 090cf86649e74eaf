import type { AnyDelta } from '../contract/delta.ts'
import type { ProofReport, ProofRequest, SeededTable } from '../contract/proof.ts'
import { keepStated } from '../actions/keep-stated.ts'
import { difference } from '../difference/difference.ts'
import { schemaErrors } from '../errors/errors.ts'
import { childrenOfKind } from '../facts/base-index.ts'
import { describeFact } from '../facts/describe-fact.ts'
import type { FactBase, FactId } from '../facts/fact.ts'
import { invertRenames } from '../renames/apply-renames.ts'
import { renameFacts } from '../renames/rename-facts.ts'
import { newForeignKeys } from './new-foreign-keys.ts'
import { runActions } from './run-actions.ts'
import { seedRows } from './seed-rows.ts'
import { hasStatedRows, seedTables } from './seed-table.ts'
import { emptyWhereNeeded } from './empty-where-needed.ts'
import { removeRefused } from './remove-refused.ts'
import { compareRows, readable, readRows, survivors } from './surviving-rows.ts'
import { unstatedRewrites } from './unstated-rewrites.ts'

/**
 * Proves a plan in a scratch database that is in the state `before`: seeds rows, runs Up, and the server must print exactly `after`; rows survive in
 * everything that is not said to be lost; then Down, and the server must print `before` again, rows included.
 * Rejects with YAMA_PROOF_FAILED, which names the stage and every difference. Rows are seeded as well as that goes; the report says what was.
 */
export async function prove(request: ProofRequest): Promise<ProofReport> {
  const { before, after, up, down, dialect, scratch, seed = 1 } = request
  const { connection } = scratch
  const notes: string[] = []
  await expectState(request, before, 'before it began')
  const { id: moved } = renameFacts(before, up.renames)
  const states = { before, after, afterInOldNames: renameFacts(after, invertRenames(up.renames)).base, moved }
  const compared = survivors(before, after, moved, down === undefined ? [up] : [up, down]).filter(({ old }) => !hasStatedRows(old, states))
  const tables = await seedRows(seedTables(states, dialect), {
    connection,
    dialect,
    before,
    after,
    moved,
    seed,
    newKeyColumns: columnsOfNewKeys(before, states.afterInOldNames),
  })
  await removeRefused({ before, after, moved }, connection, dialect)
  const kept = await readable(compared, connection, dialect)
  const rows = await readRows(kept, 'old', connection, dialect)
  const stored = await dialect.storage?.(connection)
  await dialect.forgetPlans?.(connection)
  const ranUp = await runActions(up.actions, connection, 'while running Up')
  notes.push(...unstatedRewrites(stored, await dialect.storage?.(connection), moved, up.actions))
  await expectState(request, after, 'after Up')
  expectNone(compareRows(rows, await readRows(kept, 'now', connection, dialect)), 'after Up')
  let ranDown: ProofReport['down']
  if (down !== undefined) {
    const emptied = await emptyWhereNeeded(request, tables, moved)
    if (emptied !== undefined) notes.push(emptied)
    await dialect.forgetPlans?.(connection)
    ranDown = await runActions(down.actions, connection, 'while running Down')
    await expectState(request, before, 'after Down')
    if (emptied === undefined) expectNone(compareRows(rows, await readRows(kept, 'old', connection, dialect)), 'after Down')
  }
  const total = [...rows.values()].reduce((sum, list) => sum + list.length, 0)
  notes.push(
    ...tables
      .filter((one) => one.reason !== undefined)
      .map((one) => `${describeFact(one.table)} has ${one.rows} rows: ${one.reason ?? ''}`),
  )
  return {
    summary: summarise(ranUp.statements, ranDown?.statements, total, tables),
    seed,
    scratch: scratch.description,
    tables,
    rows: total,
    up: ranUp,
    down: ranDown,
    notes,
  }
}

async function expectState({ dialect, scratch, scope }: ProofRequest, wanted: FactBase, stage: string): Promise<void> {
  const found = keepStated(await dialect.extract(scratch.connection, scope), wanted)
  expectNone(difference(wanted, found).map(describeDifference), stage)
}

function expectNone(differences: readonly string[], stage: string): void {
  if (differences.length === 0) return
  const shown = differences.slice(0, 5).join('; ') + (differences.length > 5 ? `; and ${differences.length - 5} more` : '')
  throw schemaErrors.YAMA_PROOF_FAILED({ stage, differences: shown }, { data: { differences } })
}

/** A delta from what is wanted to what was found. */
function describeDifference(delta: AnyDelta): string {
  if (delta.change === 'add') return `${describeFact(delta.id)} should not be there`
  if (delta.change === 'drop') return `${describeFact(delta.id)} is missing`
  if (delta.change === 'rename') return `${describeFact(delta.id)} has another name`
  const attributes = delta.attributes.map(
    ({ attribute, from, to }) => `${attribute} should be ${JSON.stringify(from) ?? 'absent'} and is ${JSON.stringify(to) ?? 'absent'}`,
  )
  return `${describeFact(delta.id)}: ${attributes.join(', ')}`
}

function columnsOfNewKeys(before: FactBase, afterInOldNames: FactBase): ReadonlySet<FactId> {
  const found = new Set<FactId>()
  for (const table of before.facts.values()) {
    if (table.kind !== 'table') continue
    const fresh = newForeignKeys(table.id, before, afterInOldNames).flatMap((key) => key.payload.columns)
    for (const column of childrenOfKind(before, table.id, 'column')) if (fresh.includes(column.name)) found.add(column.id)
  }
  return found
}

/** What stands in the rows besides plain values, for people. */
const SPOKEN = [
  ['null', 'nulls'],
  ['smallest', 'smallest and largest values'],
  ['repeated', 'repeated values'],
  ['odd', 'odd letters'],
  ['long', 'long texts'],
] as const

function summarise(up: number, down: number | undefined, rows: number, tables: readonly SeededTable[]): string {
  const seeded = tables.filter((one) => one.rows > 0).length
  const back = down === undefined ? 'there is no Down' : `Down (${down} statements) restores the start`
  const kinds = SPOKEN.filter(([variety]) => tables.some((one) => one.variety.includes(variety))).map(([, spoken]) => spoken)
  const which = kinds.length === 0 ? '' : ` (${kinds.join(', ')})`
  return `Up (${up} statements) leads to the wanted schema, ${back}, ${rows} rows${which} in ${seeded} of ${tables.length} tables survive`
}
