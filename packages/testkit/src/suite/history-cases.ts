import { expect, it } from 'vitest'
import { CHAIN_START, chainEvent, chainHeadWrite, HISTORY_FORMAT, verifyChain, type EventRow, type HistoryWrite } from '@yama/core'
import { AT, fullMigrationRow, fullStepRow, HASH, migrationRow, NASTY, stepRow } from './sample-rows.ts'
import { PROJECT, rowCount, type Prepared, type SuiteContext } from './suite-context.ts'

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

const write = async ({ connection, history, lock }: Prepared, writes: readonly HistoryWrite[]): Promise<void> => {
  await connection.batch([history.fence(lock.token), ...history.encode(writes)], { transaction: true })
}

const events = (
  count: number,
  from: { readonly seq: number; readonly hash: string } = { seq: 0, hash: CHAIN_START },
): readonly EventRow[] => {
  const rows: EventRow[] = []
  for (let i = 0; i < count; i++) {
    const migration = i % 2 === 0 ? {} : { migrationId: 'm_1', attempt: i }
    const payload = { text: NASTY, nested: { z: [1, null, true, -0.5, 1e21], a: {} }, durationMs: i }
    rows.push(
      chainEvent(rows.at(-1) ?? from, {
        at: AT,
        runId: HASH.slice(0, 32),
        type: 'migration.succeeded',
        actor: { user: NASTY, host: 'h' },
        payload,
        ...migration,
      }),
    )
  }
  return rows
}

export function historyCases({ open, concurrent, language }: SuiteContext): void {
  it('reads an empty database and creates nothing', async () => {
    const { dialect, connect } = await open()
    const connection = await connect()
    const history = dialect.createHistory(connection, { project: PROJECT })
    for (let i = 0; i < 2; i++) {
      expect(await history.read()).toMatchObject({
        exists: false,
        databaseId: '',
        environment: undefined,
        format: HISTORY_FORMAT,
        chainSeq: 0,
        chainHead: CHAIN_START,
        migrations: [],
        openSteps: [],
        now: expect.stringMatching(ISO),
      })
    }
    expect(await history.events()).toEqual([])
    expect(await history.head()).toMatchObject({ exists: false, databaseId: '', chainSeq: 0, chainHead: CHAIN_START })
    expect(await history.applied()).toEqual(new Set())
    expect(await history.body('m_1')).toBeUndefined()
    expect(await history.snapshot()).toBeUndefined()
  })

  it('ensures the tables twice and keeps the id of the database', async () => {
    const prepared = await (await open()).prepared()
    const first = await prepared.history.read()
    expect(first).toMatchObject({ exists: true, format: HISTORY_FORMAT, chainSeq: 0, chainHead: CHAIN_START, migrations: [] })
    expect(first.databaseId).not.toBe('')
    await write(prepared, [{ write: 'migration', row: migrationRow() }])
    await prepared.history.ensure()
    const second = await prepared.history.read()
    expect(second.databaseId).toBe(first.databaseId)
    expect(second.migrations).toHaveLength(1)
  })

  it.skipIf(!concurrent)('ensures the tables from several sessions at once', async () => {
    const { dialect, connect } = await open()
    const connections = [await connect(), await connect(), await connect(), await connect()]
    const stores = connections.map((connection) => dialect.createHistory(connection, { project: PROJECT }))
    await Promise.all(stores.map((store) => store.ensure()))
    const ids = new Set((await Promise.all(stores.map((store) => store.read()))).map((state) => state.databaseId))
    expect(ids.size).toBe(1)
  })

  it('reads migrations back as they were written, without their text', async () => {
    const prepared = await (await open()).prepared()
    const rows = [migrationRow(), fullMigrationRow()]
    await write(
      prepared,
      rows.map((row) => ({ write: 'migration', row })),
    )
    const { migrations } = await prepared.history.read()
    expect(new Map(migrations.map((row) => [row.id, row]))).toEqual(new Map(rows.map(({ body: _, downBody: __, ...row }) => [row.id, row])))
    expect(await prepared.history.body('m_1')).toEqual({ body: rows[0]?.body })
    expect(await prepared.history.body('m_2')).toEqual({ body: rows[1]?.body, downBody: NASTY })
  })

  it('replaces a migration, and changes its status and single fields', async () => {
    const prepared = await (await open()).prepared()
    await write(prepared, [{ write: 'migration', row: migrationRow({ status: 'partial' }) }])
    await write(prepared, [{ write: 'migration', row: migrationRow({ name: 'other', body: 'new text' }) }])
    await write(prepared, [
      {
        write: 'migration-status',
        id: 'm_1',
        status: 'reverted',
        fields: { durationMs: 99, appliedSeq: 7, appliedAt: '2027-01-01T00:00:00.000Z', runId: 'ffffffff-8a44-4c55-9c7e-0a1f6a2f1d11' },
      },
    ])
    const { body: _, ...rest } = migrationRow({
      name: 'other',
      status: 'reverted',
      durationMs: 99,
      appliedSeq: 7,
      appliedAt: '2027-01-01T00:00:00.000Z',
      runId: 'ffffffff-8a44-4c55-9c7e-0a1f6a2f1d11',
    })
    expect((await prepared.history.read()).migrations).toEqual([rest])
    expect(await prepared.history.applied()).toEqual(new Set())
    expect(await prepared.history.body('m_1')).toEqual({ body: 'new text' })
    await write(prepared, [{ write: 'migration-status', id: 'm_1', status: 'applied' }])
    expect((await prepared.history.read()).migrations).toEqual([{ ...rest, status: 'applied' }])
    await write(prepared, [{ write: 'migration', row: migrationRow({ id: 'm_2', status: 'partial' }) }])
    expect(await prepared.history.applied()).toEqual(new Set(['m_1']))
    const ms = [
      ['m_1', 1234],
      ['nobody', 1],
    ] as const
    await write(prepared, [{ write: 'durations', ms }])
    expect((await prepared.history.read()).migrations.find(({ id }) => id === 'm_1')).toEqual({
      ...rest,
      status: 'applied',
      durationMs: 1234,
    })
  })

  it('keeps the log in order, hashed and unbroken', async () => {
    const prepared = await (await open()).prepared()
    const log = events(5)
    await write(prepared, [...log.slice(0, 3).map((row) => ({ write: 'event', row }) as const), chainHeadWrite(log[2] as EventRow)])
    await write(prepared, [...log.slice(3).map((row) => ({ write: 'event', row }) as const), chainHeadWrite(log[4] as EventRow)])
    const read = await prepared.history.events()
    expect(read).toEqual(log)
    expect(verifyChain(read)).toBeUndefined()
    const { migrations, openSteps, ...head } = await prepared.history.read()
    expect({ migrations, openSteps, ...head }).toMatchObject({ chainSeq: 5, chainHead: log[4]?.hash, migrations: [], openSteps: [] })
    expect(await prepared.history.head()).toMatchObject({ ...head, now: expect.stringMatching(ISO) })
    expect(await prepared.history.events({ limit: 2 })).toEqual(log.slice(3))
    expect(await prepared.history.events({ migrationIds: ['m_1'] })).toEqual([log[1], log[3]])
    await expect(write(prepared, [{ write: 'event', row: log[4] as EventRow }])).rejects.toBeDefined()
    expect(await prepared.history.events()).toHaveLength(5)
  })

  it('lists steps that are open, and replaces a step when it is done', async () => {
    const prepared = await (await open()).prepared()
    await write(prepared, [
      { write: 'step', row: stepRow() },
      { write: 'step', row: fullStepRow() },
    ])
    const open_ = (await prepared.history.read()).openSteps
    expect([...open_].sort((a, b) => a.n - b.n)).toEqual([stepRow(), fullStepRow()])
    await write(prepared, [{ write: 'step', row: stepRow({ state: 'done', finishedAt: AT, rows: 0 }) }])
    expect((await prepared.history.read()).openSteps).toEqual([fullStepRow()])
  })

  it('keeps the environment and the newest snapshot', async () => {
    const prepared = await (await open()).prepared()
    await write(prepared, [{ write: 'meta', key: 'environment', value: 'dev' }])
    await write(prepared, [{ write: 'meta', key: 'environment', value: 'prod' }])
    expect((await prepared.history.read()).environment).toBe('prod')
    const row = { tag: 'pg15:s1', stateHash: HASH, facts: NASTY.repeat(500), at: AT, runId: 'r1' }
    await write(prepared, [{ write: 'snapshot', row: { ...row, facts: 'old' } }])
    await write(prepared, [{ write: 'snapshot', row }])
    expect(await prepared.history.snapshot()).toEqual(row)
  })

  it('commits history and work together or not at all', async () => {
    const prepared = await (await open()).prepared()
    const { connection, history, lock } = prepared
    await connection.execute(language.create('suite_a'))
    const work = [{ sql: language.insert('suite_a', 1) }, ...history.encode([{ write: 'migration', row: migrationRow() }])]
    await expect(
      connection.batch([history.fence(lock.token), ...work, { sql: language.syntax.text }], { transaction: true }),
    ).rejects.toBeDefined()
    expect((await history.read()).migrations).toEqual([])
    expect(await rowCount(connection, language, 'suite_a')).toBe(0)
    await connection.batch([history.fence(lock.token), ...work], { transaction: true })
    expect((await history.read()).migrations).toHaveLength(1)
    expect(await rowCount(connection, language, 'suite_a')).toBe(1)
  })

  it('refuses a batch with a stale fence', async () => {
    const { connection, history, lock } = await (await open()).prepared()
    await connection.execute(language.create('suite_a'))
    for (const token of [lock.token - 1, lock.token + 1]) {
      await expect(
        connection.batch([history.fence(token), { sql: language.insert('suite_a', 1) }], { transaction: true }),
      ).rejects.toMatchObject({ isBatchFailure: true, index: 0 })
    }
    expect(await rowCount(connection, language, 'suite_a')).toBe(0)
  })

  it('keeps projects apart', async () => {
    const { dialect, prepared } = await open()
    const first = await prepared()
    const other = dialect.createHistory(first.connection, { project: 'billing' })
    await other.ensure()
    await write(first, [{ write: 'migration', row: migrationRow() }])
    expect((await other.read()).migrations).toEqual([])
  })
}
