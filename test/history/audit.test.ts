import { chainEvent, type EventRow } from '@yama/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workplace, type Workplace } from './command.ts'
import { servers, type OwnDatabase } from './databases.ts'

const file = (name: string): string => `-- +migrate Up\ncreate table ${name} (id int primary key);\n-- +migrate Down\ndrop table ${name};\n`
const three = { 'migrations/001_a.sql': file('a'), 'migrations/002_b.sql': file('b'), 'migrations/003_c.sql': file('c') }

interface Finding {
  readonly kind: string
  readonly seq: number
  readonly to: number
}

describe.each(servers)('the log on $name', ({ create, table, kind }) => {
  let database: OwnDatabase
  let made: Workplace
  let kept: readonly EventRow[]
  const event = table('event')
  const meta = table('meta')
  const key = kind === 'mysql' || kind === 'mariadb' ? '`key`' : 'key'
  const verify = async (
    ...words: readonly string[]
  ): Promise<{ code: number; findings: readonly Finding[]; state: readonly string[]; head: string }> => {
    const { exitCode, data } = await made.json('audit', 'verify', ...words)
    const state = (data['state'] as readonly { readonly migration: string }[]).map(({ migration }) => migration)
    return { code: exitCode, findings: data['findings'] as readonly Finding[], state, head: String(data['head']) }
  }
  const found = async (): Promise<readonly (readonly [string, number, number])[]> =>
    (await verify()).findings.map(({ kind: what, seq, to }) => [what, seq, to] as const)
  /** Tampers, looks, and puts everything back as it was. */
  const tampered = async (...statements: readonly string[]): Promise<Awaited<ReturnType<typeof found>>> => await covered(statements, false)
  const covered = async (statements: readonly string[], writes = true): Promise<Awaited<ReturnType<typeof found>>> => {
    await database.sql('delete from kept_event', 'delete from kept_meta')
    await database.sql(`insert into kept_event select * from ${event}`, `insert into kept_meta select * from ${meta}`)
    try {
      await database.sql(...statements)
      if (writes) expect(await made.json('tag', 'after_it')).toMatchObject({ ok: true })
      return await found()
    } finally {
      await database.sql(`delete from ${event}`, `insert into ${event} select * from kept_event`)
      await database.sql(`delete from ${meta}`, `insert into ${meta} select * from kept_meta`)
    }
  }

  beforeAll(async () => {
    database = await create()
    made = workplace(three, database.url)
    expect(await made.json('up')).toMatchObject({ ok: true })
    const { data } = await made.json('plan', '--down', '1')
    expect(await made.json('down', '--confirm', String(data['digest']))).toMatchObject({ ok: true })
    expect(await made.json('up')).toMatchObject({ ok: true })
    await database.sql(`create table kept_event as select * from ${event}`, `create table kept_meta as select * from ${meta}`)
    kept = (await made.json('history', '--limit', '1000')).data as unknown as readonly EventRow[]
  })
  afterAll(async () => {
    made[Symbol.dispose]()
    await database[Symbol.asyncDispose]()
  })

  test('is unbroken, and its head can be kept elsewhere', async () => {
    const whole = await verify()
    expect(whole).toMatchObject({ code: 0, findings: [], state: [] })
    expect(whole.head).toBe(`${kept.length}:${kept[0]?.hash ?? ''}`)
    expect(await verify('--head', whole.head)).toMatchObject({ code: 0 })
    expect(await verify('--head', `2:${'0'.repeat(16)}`)).toMatchObject({ code: 10, findings: [{ kind: 'head', seq: 2 }] })
    expect(kept.every(({ actor }) => actor['osUser'] !== undefined && actor['host'] !== undefined && actor['application'] === 'yama')).toBe(
      true,
    )
  })

  test('a changed row is found and named', async () => {
    expect(await tampered(`update ${event} set payload = '{"plan":"none"}' where seq = 3`)).toEqual([['changed', 3, 3]])
    expect(await tampered(`update ${event} set type = 'migration.failed' where seq = 2`)).toEqual([['changed', 2, 2]])
    expect(await tampered(`update ${event} set actor = '{"osUser":"nobody"}' where seq = ${kept.length}`)).toEqual([
      ['changed', kept.length, kept.length],
    ])
  })

  test('deleted rows are found: in the middle, at the start, the newest, and all of them', async () => {
    const last = kept.length
    expect(await tampered(`delete from ${event} where seq in (3, 4)`)).toEqual([['missing', 3, 4]])
    expect(await tampered(`delete from ${event} where seq = 1`)).toEqual([['missing', 1, 1]])
    expect(await tampered(`delete from ${event} where seq > ${last - 2}`)).toEqual([['cut', last - 1, last]])
    expect(await tampered(`delete from ${event}`)).toEqual([['cut', 1, last]])
    expect(await tampered(`delete from ${event}`, `delete from ${meta} where ${key} = 'chain_head'`)).toEqual([['head', 0, 0]])
  })

  test('what is written afterwards covers nothing up', async () => {
    const last = kept.length
    const columns = 'project, at, run_id, type, migration_id, attempt, actor, payload, prev_hash, hash'
    const newest = `delete from ${event} where seq > ${last - 2}`
    const end = `delete from ${meta} where ${key} = 'chain_head'`
    expect(await covered([newest])).toEqual([['missing', last - 1, last]])
    expect(await covered([`delete from ${event}`])).toEqual([['missing', 1, last]])
    expect(await covered([newest, end])).toEqual([['changed', last - 2, last - 2]])
    const added = `insert into ${event} (seq, ${columns}) select ${last + 1}, ${columns} from ${event} where seq = 1`
    expect(await covered([added])).toContainEqual(['changed', last + 1, last + 1])
  }, 60_000)

  test('rows in another order are found, and where they belong', async () => {
    const swap = [
      `update ${event} set seq = 1000 where seq = 2`,
      `update ${event} set seq = 2 where seq = 4`,
      `update ${event} set seq = 4 where seq = 1000`,
    ]
    expect(await tampered(...swap)).toEqual([
      ['moved', 2, 2],
      ['moved', 4, 4],
    ])
  })

  test('a row that was replaced by one with a hash of its own is found', async () => {
    const second = kept.find(({ seq }) => seq === 2)!
    const { seq: _, prevHash: __, hash: ___, ...body } = second
    const forged = chainEvent({ seq: 1, hash: second.prevHash }, { ...body, payload: { forged: true } })
    const hash = {
      postgres: `decode('${forged.hash}', 'hex')`,
      mysql: `unhex('${forged.hash}')`,
      mariadb: `unhex('${forged.hash}')`,
      sqlite: `'${forged.hash}'`,
    }[kind]
    expect(await tampered(`update ${event} set payload = '{"forged":true}', hash = ${hash} where seq = 2`)).toEqual([['changed', 2, 2]])
  })

  test('a row added by hand is found', async () => {
    const columns = 'project, at, run_id, type, migration_id, attempt, actor, payload, prev_hash, hash'
    const last = kept.length
    const reads = await tampered(`insert into ${event} (seq, ${columns}) select ${last + 1}, ${columns} from ${event} where seq = ${last}`)
    expect(reads.map(([what]) => what)).toContain('head')
  })

  test('a state that was changed by hand is found by its migration', async () => {
    await database.sql(
      `update ${table('migration')} set status = 'reverted' where id = '002_b'`,
      `update ${table('migration')} set raw_hash = 'r2:0000' where id = '001_a'`,
    )
    expect(await verify()).toMatchObject({ code: 10, findings: [], state: ['001_a', '002_b'] })
    expect(await made.json('repair', 'rebuild-state', '--reason', 'changed by hand')).toMatchObject({
      data: { written: ['001_a', '002_b'], removed: [] },
    })
    expect(await verify()).toMatchObject({ code: 0, state: [] })
    expect(await made.json('status', '--exit-code')).toMatchObject({ ok: true })
  })

  test('a state that was lost is made again from the log, text and all', async () => {
    const migration = table('migration')
    const before = await made.json('status')
    await database.sql(`delete from ${migration}`)
    expect((await verify()).state).toEqual(['001_a', '002_b', '003_c'])
    expect(await made.json('repair', 'rebuild-state', '--reason', 'truncated')).toMatchObject({ data: { withoutText: [] } })
    const after = await made.json('status')
    const rows = ({ data }: typeof before): unknown =>
      (data['applied'] as readonly Record<string, unknown>[]).map(({ id, name, version, appliedAt, runId }) => ({
        id,
        name,
        version,
        appliedAt,
        runId,
      }))
    expect(rows(after)).toEqual(rows(before))
    expect(await made.json('plan')).toMatchObject({ data: { migrations: [] } })
    made.write('migrations/001_a.sql', file('a').replace('int', 'bigint'))
    expect(await made.json('up')).toMatchObject({
      reason: 'YAMA_HISTORY_EDITED',
      data: { edited: [{ id: '001_a', diff: expect.stringContaining('-create table a (id int') }] },
    })
    made.write('migrations/001_a.sql', file('a'))
  })
})
