import type { StoredMigration, YamaConfig } from '../contract/config.ts'
import type { HistoryState, HistoryStore, MigrationRow } from '../contract/history.ts'
import type { Migration, MigrationId } from '../contract/migration.ts'
import type { OrdinaryTarget, Plan } from '../contract/plan.ts'
import { describeEdit } from '../plan/describe-edit.ts'
import { describeEdits } from '../plan/describe-edits.ts'
import { leaveOutElsewhere } from '../plan/leave-out-elsewhere.ts'
import { isDown } from '../plan/down-target.ts'
import { makePlan } from '../plan/make-plan.ts'
import { rowsToRevert } from '../plan/plan-down.ts'
import type { PlanInput } from '../plan/plan-input.ts'
import { requiredProjects } from '../plan/refuse-requirements.ts'
import { judgeGraph } from './judge-graph.ts'
import { judgeReversed } from './judge-reversed.ts'
import { attributesOf, projectStatus, type LoadedProject } from './load-project.ts'

/** Fetches what the pure planner cannot: the stored text of edited and of lost migrations. */
export async function planTarget(
  config: YamaConfig,
  project: LoadedProject,
  state: HistoryState,
  history: HistoryStore,
  target: OrdinaryTarget,
  hooks: Pick<PlanInput, 'stepKinds' | 'derivesDown'>,
  historyOf: (project: string) => HistoryStore,
): Promise<Plan> {
  const { graph, late, skipped, repeatables } = project
  const status = projectStatus(project, state)
  const input: PlanInput = {
    graph,
    late,
    skipped,
    repeatables,
    history: state,
    target,
    ...hooks,
    dialect: config.dialect,
    project: config.project ?? 'default',
    environment: config.environment?.name,
    allowLate: config.late,
  }
  const edits = new Map<MigrationId, string>()
  const [edit] = status.edited
  if (edit !== undefined) edits.set(edit.migration.id, describeEdit(await storedText(history, edit.migration.id, state), edit.migration))
  const differences = await describeEdits(status.edited, (id) => storedText(history, id, state))
  const stored = new Map<MigrationId, Migration>()
  if (isDown(target)) {
    for (const row of rowsToRevert(input, target, status)) {
      if (graph.get(row.id) !== undefined) continue
      const text = await storedText(history, row.id, state)
      const read = text === undefined ? undefined : await readStored(config, text)
      const [migration] = read === undefined ? [] : leaveOutElsewhere([read], attributesOf(config))
      if (migration !== undefined) stored.set(row.id, migration)
    }
  }
  const otherProjects = new Map<string, HistoryState>()
  for (const name of requiredProjects([...status.pending, ...status.repeatable], input.project))
    otherProjects.set(name, await historyOf(name).read())
  const pending = new Set(status.pending.map(({ migration }) => migration.id))
  // Whoever allows a late file has decided about it.
  const allowed = new Set(config.late === 'allow' ? late : [...late].filter((id) => config.late?.includes(id)))
  const conflicts =
    isDown(target) || pending.size === 0 ? [] : await judgeGraph(graph, config.dialect, (id) => pending.has(id) && !allowed.has(id))
  const applied = new Set(status.applied.map(({ id }) => id))
  const reversed =
    isDown(target) || pending.size === 0
      ? []
      : await judgeReversed(
          graph,
          config.dialect,
          (id) => pending.has(id),
          (id) => applied.has(id),
        )
  return makePlan({ ...input, edits, differences, stored, otherProjects, conflicts, reversed })
}

/** What the database keeps of a migration. */
export async function storedText(history: HistoryStore, id: MigrationId, state: HistoryState): Promise<StoredMigration | undefined> {
  const row = state.migrations.find((candidate) => candidate.id === id)
  const text = await history.body(id)
  return row === undefined || text === undefined ? undefined : { row, ...text }
}

async function readStored({ dialect, parseStored }: YamaConfig, stored: StoredMigration): Promise<Migration | undefined> {
  const parsed = await parseStored?.(stored)
  if (parsed !== undefined) return parsed
  // A rollback with a file of its own is SQL and nothing else; a file with both parts needs its reader.
  if (stored.downBody === undefined) return undefined
  // BEGIN and COMMIT around a file mean what Yama does anyway.
  const down = dialect
    .splitStatements(stored.downBody)
    .filter(({ control }) => control === undefined)
    .map(({ text, transaction }) => ({ kind: 'sql', text, transaction }) as const)
  return fromRow(stored.row, stored, down)
}

function fromRow(row: MigrationRow, { body, downBody = '' }: StoredMigration, down: Migration['down'] & object): Migration {
  const { id, name, version, rawHash, semanticHash } = row
  return {
    id,
    name,
    version,
    rawHash,
    semanticHash,
    body,
    downBody,
    down,
    file: `the history of ${name}`,
    kind: 'sql',
    parents: [],
    phase: 'expand',
    up: [],
    transaction: { up: 'auto', down: 'auto' },
    metadata: { other: {} },
    requires: [],
    headerless: false,
  }
}
