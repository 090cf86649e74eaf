import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appliedRow, historyOf, planningDialect } from '../../test/test-history.ts'
import { testMigration } from '../../test/test-migration.ts'
import type { HistoryState, MigrationRow } from '../contract/history.ts'
import type { Migration } from '../contract/migration.ts'
import type { Plan, OrdinaryTarget } from '../contract/plan.ts'
import { buildGraph } from '../graph/build-graph.ts'
import { resolveChain } from '../graph/resolve-chain.ts'
import { makePlan } from './make-plan.ts'
import type { PlanInput } from './plan-input.ts'

const root = testMigration('a1', { parents: [], down: ['drop t_a1'] })
const left = testMigration('b1', { parents: ['a1'], down: ['drop t_b1'] })
const right = testMigration('b2', { parents: ['a1'], down: ['drop t_b2'] })
const tip = testMigration('c1', { parents: ['b1', 'b2'], down: ['drop t_c1'] })
const files = [root, left, right, tip]

const plan = (
  target: OrdinaryTarget,
  history: HistoryState | readonly MigrationRow[] = [],
  migrations: readonly Migration[] = files,
  more: Partial<PlanInput> = {},
): Plan => {
  const state = 'migrations' in history ? history : historyOf(history)
  const chain = resolveChain(migrations, state.migrations, more.skipped)
  return makePlan({
    graph: buildGraph(migrations, chain),
    late: chain.late,
    history: state,
    target,
    dialect: planningDialect,
    project: 'default',
    ...more,
  })
}
const ids = (made: Plan): readonly string[] => made.migrations.map(({ node }) => node.migration.id)
const refusal = (...args: Parameters<typeof plan>): unknown => {
  try {
    plan(...args)
  } catch (error) {
    const { code, details } = error as { code: string; details: object }
    return { code, ...details }
  }
  return 'planned'
}
const all = files.map((migration, index) => appliedRow(migration, index + 1))

describe('targets', () => {
  it('go up to everything, to one with what it needs, or some steps', () => {
    expect(ids(plan({ up: 'latest' }))).toEqual(['a1', 'b1', 'b2', 'c1'])
    expect(ids(plan({ up: 'b2' }))).toEqual(['a1', 'b2'])
    expect(ids(plan({ upSteps: 2 }))).toEqual(['a1', 'b1'])
    expect(ids(plan({ up: 'latest' }, all))).toEqual([])
    expect(ids(plan({ up: 'a1' }, all.slice(0, 1)))).toEqual([])
  })
  it('go down by count or to one, the last applied first', () => {
    const swapped = [all[0], { ...all[2], appliedSeq: 2 }, { ...all[1], appliedSeq: 3 }] as MigrationRow[]
    expect(ids(plan({ down: 2 }, swapped))).toEqual(['b1', 'b2'])
    expect(ids(plan({ downTo: 'b2' }, all))).toEqual(['c1', 'b1'])
    expect(ids(plan({ downTo: 'base' }, all))).toEqual(['c1', 'b2', 'b1', 'a1'])
    expect(ids(plan({ down: 0 }, all))).toEqual([])
  })
  it('are found by name, number or a beginning that is the only one', () => {
    const named = ['007_users', '0071_orders', '008_items'].map((id) => testMigration(id))
    expect(ids(plan({ up: '7' }, [], named))).toEqual(['007_users'])
    expect(ids(plan({ up: '0071' }, [], named))).toEqual(['007_users', '008_items', '0071_orders'])
    expect(refusal({ up: '00' }, [], named)).toMatchObject({
      code: 'YAMA_TARGET_AMBIGUOUS',
      candidates: '007_users, 008_items, 0071_orders',
    })
    expect(refusal({ up: 'nothing' }, [], named)).toMatchObject({ code: 'YAMA_TARGET_UNKNOWN' })
    expect(refusal({ up: '' }, [], named)).toMatchObject({ code: 'YAMA_TARGET_UNKNOWN' })
  })
  it('are refused when they make no sense', () => {
    expect(refusal({ down: -1 }, all)).toMatchObject({ code: 'YAMA_TARGET_COUNT' })
    expect(refusal({ upSteps: 1.5 })).toMatchObject({ code: 'YAMA_TARGET_COUNT' })
    expect(refusal({ downTo: 'c1' }, all.slice(0, 2))).toMatchObject({ code: 'YAMA_TARGET_NOT_APPLIED', id: 'c1' })
    expect(refusal({ up: 'b1' }, [], files, { skipped: new Set(['b1']) })).toMatchObject({ code: 'YAMA_TARGET_SKIPPED' })
  })
  it('leave out what is skipped', () => {
    expect(ids(plan({ up: 'latest' }, [], files, { skipped: new Set(['b1']) }))).toEqual(['a1', 'b2', 'c1'])
  })
})

describe('phases', () => {
  const phased = [
    testMigration('1', { parents: [], phase: 'expand' }),
    testMigration('2', { parents: ['1'], phase: 'contract' }),
    testMigration('3', { parents: ['2'], phase: 'expand' }),
    testMigration('4', { parents: ['1'], phase: 'expand' }),
  ]
  it('take only their own, and tell what waits for another', () => {
    const made = plan({ up: 'latest', phase: 'expand' }, [], phased)
    expect(ids(made)).toEqual(['1', '4'])
    expect(made.diagnostics).toMatchObject([{ code: 'YAMA_PLAN_PHASE', migration: '3' }])
    expect(ids(plan({ up: 'latest', phase: 'contract' }, [appliedRow(phased[0] as Migration, 1)], phased))).toEqual(['2'])
  })
})

describe('the history is refused when it', () => {
  it('has a migration whose file means something else now', () => {
    const rows = [appliedRow(root, 1, { semanticHash: 'y1:sha256:other' })]
    expect(refusal({ up: 'latest' }, rows, files, { edits: new Map([['a1', 'line 1 was x']]) })).toMatchObject({
      code: 'YAMA_HISTORY_EDITED',
      id: 'a1',
      change: 'line 1 was x',
    })
  })
  it('has a migration without a file, but not for an older deployment with nothing to do', () => {
    const rows = [...all, appliedRow(testMigration('d1', { parents: ['c1'] }), 5)]
    expect(refusal({ up: 'latest' }, rows.slice(0, 1).concat(rows.slice(4)))).toMatchObject({ code: 'YAMA_HISTORY_MISSING', id: 'd1' })
    const made = plan({ up: 'latest' }, rows)
    expect(made.migrations).toEqual([])
    expect(made.diagnostics).toMatchObject([{ code: 'YAMA_HISTORY_MISSING', severity: 'warning' }])
  })
  it('was written by a newer version, belongs to another environment, or has a run that did not end', () => {
    expect(refusal({ up: 'latest' }, historyOf([], { format: 99 }))).toMatchObject({ code: 'YAMA_HISTORY_FORMAT' })
    expect(refusal({ up: 'latest' }, historyOf([], { environment: 'prod' }), files, { environment: 'dev' })).toMatchObject({
      code: 'YAMA_ENVIRONMENT_MISMATCH',
      pinned: 'prod',
    })
    expect(refusal({ up: 'latest' }, [appliedRow(root, 1, { status: 'partial' })])).toMatchObject({
      code: 'YAMA_RUN_OPEN',
      status: 'partial',
    })
    const step = {
      migrationId: 'a1',
      attempt: 1,
      n: 0,
      group: 0,
      direction: 'up',
      mode: 'autocommit',
      statementHash: '',
      sql: 'vacuum',
      state: 'intent',
      startedAt: '',
    } as const
    expect(refusal({ up: 'latest' }, historyOf([], { openSteps: [step] }))).toMatchObject({ code: 'YAMA_RUN_OPEN', id: 'a1' })
  })
  it('has later files than one that appears now, unless that one is allowed', () => {
    const named = ['001', '002', '003'].map((id) => testMigration(id))
    const rows = [appliedRow(named[0] as Migration, 1), appliedRow(named[2] as Migration, 2, { parents: ['001'] })]
    expect(refusal({ up: 'latest' }, rows, named)).toMatchObject({ code: 'YAMA_HISTORY_LATE', id: '002', applied: '003' })
    expect(ids(plan({ up: 'latest' }, rows, named, { allowLate: ['002'] }))).toEqual(['002'])
    expect(ids(plan({ up: 'latest' }, rows, named, { allowLate: 'allow' }))).toEqual(['002'])
    expect(ids(plan({ up: 'latest' }, rows, named, { skipped: new Set(['002']) }))).toEqual([])
  })
  it('differs in comments only: told, not refused', () => {
    expect(plan({ up: 'latest' }, [appliedRow(root, 1, { rawHash: 'other' })]).diagnostics).toMatchObject([
      { code: 'YAMA_COSMETIC_EDIT', severity: 'info' },
    ])
  })
})

describe('reverting is refused', () => {
  it('without a way back, or where there is none', () => {
    const noDown = [testMigration('1')]
    expect(refusal({ down: 1 }, [appliedRow(noDown[0] as Migration, 1)], noDown)).toMatchObject({ code: 'YAMA_DOWN_MISSING' })
    const never = [testMigration('1', { down: ['x'], reversibility: 'irreversible' })]
    expect(refusal({ down: 1 }, [appliedRow(never[0] as Migration, 1)], never)).toMatchObject({ code: 'YAMA_DOWN_IRREVERSIBLE' })
    expect(refusal({ down: 1 }, all, files.slice(0, 3))).toMatchObject({ code: 'YAMA_DOWN_FILE_MISSING', id: 'c1' })
  })
  it('when a child that was applied before still needs it', () => {
    const rows = [appliedRow(left, 1), appliedRow(root, 2)]
    expect(refusal({ down: 1 }, rows)).toEqual({ code: 'YAMA_DOWN_NEEDED', id: 'a1', child: 'b1' })
  })
  it('but not from the text that the history keeps', () => {
    const made = plan({ down: 1 }, all, files.slice(0, 3), { stored: new Map([['c1', tip]]) })
    expect(made.migrations).toMatchObject([{ fromHistory: true, direction: 'down' }])
  })
  it('and a rollback in comments waits for a confirmation', () => {
    const commented = { ...testMigration('1'), metadata: { commentedRollback: 'create back', other: {} } }
    const made = plan({ down: 1 }, [appliedRow(commented, 1)], [commented])
    expect(made.losses).toMatchObject([{ loss: 'possible' }])
    expect(made.diagnostics).toMatchObject([{ code: 'YAMA_DOWN_COMMENTED' }])
  })
})

describe('a plan', () => {
  it('groups what commits together', () => {
    const mixed = [testMigration('1', { up: ['create a', 'create b', 'alone c', 'create d'] })]
    expect(
      plan({ up: 'latest' }, [], mixed).migrations[0]?.groups.map((group) => [
        group.transactional,
        ...group.steps.map(({ index }) => index),
      ]),
    ).toEqual([
      [true, 0, 1],
      [false, 2],
      [true, 3],
    ])
    const none = [{ ...mixed[0], transaction: { up: 'none', down: 'auto' } } as Migration]
    expect(plan({ up: 'latest' }, [], none).migrations[0]?.groups).toHaveLength(4)
  })
  it('names what is lost', () => {
    expect(plan({ down: 1 }, all).losses).toEqual([{ migration: 'c1', statement: 'drop t_c1', loss: 'certain', what: 'drop t_c1' }])
  })
  it('refuses a migration that does nothing, and steps that nobody brings', () => {
    expect(refusal({ up: 'latest' }, [], [testMigration('1', { up: [] })])).toMatchObject({ code: 'YAMA_MIGRATION_EMPTY', id: '1' })
    const magic = [{ ...testMigration('1'), up: [{ kind: 'magic' } as never] }]
    expect(refusal({ up: 'latest' }, [], magic)).toMatchObject({ code: 'YAMA_STEP_UNKNOWN', kind: 'magic' })
    expect(ids(plan({ up: 'latest' }, [], magic, { stepKinds: new Set(['magic']) }))).toEqual(['1'])
    expect(ids(plan({ up: 'latest' }, [], [testMigration('1', { up: [], kind: 'merge' })]))).toEqual(['1'])
  })
  it('has a digest of what runs and where, and of nothing else', () => {
    const base = plan({ up: 'latest' }).digest
    expect(base).toMatch(/^[0-9a-f]{16}$/)
    expect(plan({ up: 'c1' }).digest).toBe(base)
    expect(plan({ up: 'latest' }, historyOf([], { now: '2030-01-01T00:00:00.000Z', chainSeq: 7 })).digest).toBe(base)
    const others = [
      plan({ upSteps: 3 }),
      plan({ up: 'latest' }, historyOf([], { databaseId: 'other' })),
      plan({ up: 'latest' }, all.slice(0, 1)),
      plan({ up: 'latest' }, [], files, { environment: 'prod' }),
      plan({ up: 'latest' }, [], files, { project: 'other' }),
      plan({ up: 'latest' }, [], [...files.slice(0, 3), testMigration('c1', { parents: ['b1', 'b2'], up: ['create other'] })]),
    ].map(({ digest }) => digest)
    expect(new Set([base, ...others]).size).toBe(others.length + 1)
  })
})

describe('any history', () => {
  const chosen = fc.subarray(['a1', 'b1', 'b2', 'c1'])
  it('is completed by a plan, and then there is nothing to do', () => {
    fc.assert(
      fc.property(chosen, (seeds) => {
        const closure = buildGraph(files).closure(seeds)
        const before = files.filter(({ id }) => closure.has(id)).map((migration, index) => appliedRow(migration, index + 1))
        const made = plan({ up: 'latest' }, before)
        expect(before.length + made.migrations.length).toBe(files.length)
        const after = [...before, ...made.migrations.map(({ node }, index) => appliedRow(node.migration, before.length + index + 1))]
        expect(plan({ up: 'latest' }, after).migrations).toEqual([])
        expect(ids(plan({ downTo: 'base' }, after))).toEqual(after.map(({ id }) => id).reverse())
      }),
    )
  })
})
