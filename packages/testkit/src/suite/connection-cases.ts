import { expect, it } from 'vitest'
import { isBatchFailure } from '@yama/core'
import { rowCount, tableExists, type SuiteContext } from './suite-context.ts'

const caught = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

export function connectionCases({ open, language, concurrent }: SuiteContext): void {
  const { create, insert, count, syntax } = language

  it('says which server answers', async () => {
    const { dialect, connect } = await open()
    const { server } = await connect()
    expect(server.kind).toBe(dialect.kind)
    expect(server.version).not.toBe('')
    expect(server.major).toBe(Number.parseInt(server.version, 10))
  })

  it('gives the results of a batch in order', async () => {
    const { dialect, connect } = await open()
    const connection = await connect()
    const results = await connection.batch(
      [create('suite_a'), insert('suite_a', 1), insert('suite_a', 2), count('suite_a')].map((sql) => ({ sql })),
      { transaction: dialect.capabilities.transactionalDdl },
    )
    expect(results).toHaveLength(4)
    expect(results.map((result) => result.affected).slice(1, 3)).toEqual([1, 1])
    expect(Number(results[3]?.rows[0]?.['n'])).toBe(2)
  })

  it.each([true, false])('names the command of a batch that failed (transaction: %s)', async (transaction) => {
    const connection = await (await open()).connect()
    await connection.execute(create('suite_a'))
    const commands = [count('suite_a'), insert('suite_a', 1), count('suite_a'), syntax.text, insert('suite_a', 2)].map((sql) => ({ sql }))
    const error = await caught(connection.batch(commands, { transaction }))
    expect(isBatchFailure(error)).toBe(true)
    expect(error).toMatchObject({ index: 3 })
    expect(await rowCount(connection, language, 'suite_a')).toBe(transaction ? 0 : 1)
  })

  it('is usable after a batch that failed', async () => {
    const connection = await (await open()).connect()
    await caught(connection.batch([{ sql: syntax.text }], { transaction: true }))
    await connection.batch([{ sql: create('suite_a') }], { transaction: false })
    await connection.batch([{ sql: insert('suite_a', 1) }], { transaction: true })
    expect(await rowCount(connection, language, 'suite_a')).toBe(1)
  })

  it('keeps what a transaction did, and drops it when the work rejects', async () => {
    const connection = await (await open()).connect()
    await connection.execute(create('suite_a'))
    const kept = await connection.transaction(async () => {
      await connection.batch([{ sql: insert('suite_a', 1) }], { transaction: false })
      return 'kept'
    })
    expect(kept).toBe('kept')
    const refusal = new Error('refused')
    const error = await caught(
      connection.transaction(async () => {
        await connection.execute(insert('suite_a', 2))
        throw refusal
      }),
    )
    expect(error).toBe(refusal)
    expect(await rowCount(connection, language, 'suite_a')).toBe(1)
  })

  it('keeps DDL in its transaction, or refuses it there before it runs', async () => {
    const { dialect, connect } = await open()
    const connection = await connect()
    await connection.execute(create('suite_a'))
    const refusal = new Error('refused')
    const error = await caught(
      connection.transaction(async () => {
        await connection.execute(insert('suite_a', 1))
        await connection.execute(create('suite_b'))
        throw refusal
      }),
    )
    const batch = [insert('suite_a', 2), create('suite_b'), syntax.text].map((sql) => ({ sql }))
    const batched = await caught(connection.batch(batch, { transaction: true }))
    if (dialect.capabilities.transactionalDdl) expect(error).toBe(refusal)
    else expect(error).toMatchObject({ isYamaError: true })
    expect(batched).toMatchObject({ isBatchFailure: true, index: dialect.capabilities.transactionalDdl ? 2 : 1 })
    expect(await rowCount(connection, language, 'suite_a')).toBe(0)
    expect(await tableExists(connection, language, 'suite_b')).toBe(false)
  })

  it('runs a batch in the transaction that is open', async () => {
    const connection = await (await open()).connect()
    await connection.execute(create('suite_a'))
    await caught(
      connection.transaction(async () => {
        await connection.batch([{ sql: insert('suite_a', 1) }], { transaction: true })
        throw new Error('refused')
      }),
    )
    expect(await rowCount(connection, language, 'suite_a')).toBe(0)
  })

  it.skipIf(!concurrent)('shows a second session only what is committed', async () => {
    const { connect } = await open()
    const one = await connect()
    await one.execute(create('suite_a'))
    await caught(one.batch([{ sql: insert('suite_a', 1) }, { sql: syntax.text }], { transaction: true }))
    expect(await rowCount(await connect(), language, 'suite_a')).toBe(0)
  })

  it('does nothing for a signal that is already aborted', async () => {
    const connection = await (await open()).connect()
    const signal = AbortSignal.abort()
    await expect(connection.execute(create('suite_a'), [], signal)).rejects.toBeDefined()
    await expect(connection.batch([{ sql: create('suite_a') }], { transaction: true }, signal)).rejects.toBeDefined()
    expect(await tableExists(connection, language, 'suite_a')).toBe(false)
  })

  it.skipIf(language.slow === undefined)('cancels a statement that runs', async () => {
    const { dialect, connect } = await open()
    const connection = await connect()
    const start = performance.now()
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 50)
    const error = await caught(connection.execute(language.slow ?? '', [], controller.signal))
    expect(dialect.describeFailure(error).kind).toBe('cancelled')
    expect(performance.now() - start).toBeLessThan(900)
    expect(await tableExists(connection, language, 'suite_a')).toBe(false)
  })
}
