import { chainAudit, chainEvent, CHAIN_START, chainHeadWrite, stateOfEvents, type EventRow, type HistoryWrite } from '@yama/core'
import { expect, test } from 'vitest'
import { csvLine } from '../../packages/cli/src/audit/csv.ts'
import { workplace } from './command.ts'
import { answeringServers } from './databases.ts'

const COUNT = 100_000

function log(count: number): readonly EventRow[] {
  const rows: EventRow[] = []
  for (let at = 0; at < count; at++) {
    const name = `${String(at).padStart(6, '0')}_x`
    rows.push(
      chainEvent(rows.at(-1) ?? { seq: 0, hash: CHAIN_START }, {
        at: new Date(Date.UTC(2026, 0, 1) + at * 1000).toISOString(),
        runId: 'r',
        type: at % 2 === 0 ? 'migration.succeeded' : 'migration.reverted',
        migrationId: name,
        actor: { osUser: 'ada', host: 'h' },
        payload: { name, plan: '0123456789abcdef', reason: '=HYPERLINK("http://x")' },
      }),
    )
  }
  return rows
}

test('a log of 100,000 events is verified in a time that grows with its length only', () => {
  const rows = log(COUNT)
  const time = (count: number): number => {
    const start = process.cpuUsage()
    const audit = chainAudit()
    const state = stateOfEvents()
    for (let at = 0; at < count; at += 2000) {
      const page = rows.slice(at, Math.min(at + 2000, count))
      audit.take(page)
      state.take(page)
    }
    const last = rows[count - 1]!
    expect(audit.end(`${last.seq}:${last.hash}`, 0).findings).toEqual([])
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  }
  time(5000)
  const [tenth, whole] = [time(COUNT / 10), time(COUNT)]
  console.log(`verified ${COUNT / 10} events in ${Math.round(tenth)} ms, ${COUNT} in ${Math.round(whole)} ms of CPU`)
  expect(whole).toBeLessThan(tenth * 25 + 200)
})

test('many broken events do not make it slow', () => {
  const rows = log(20_000).map((row, at) => (at % 2 === 0 ? { ...row, type: 'pinned' as const } : row))
  const audit = chainAudit()
  audit.take(rows)
  expect(audit.end(undefined, 0).findings.filter(({ kind }) => kind === 'changed')).toHaveLength(10_000)
})

test('a long log is exported page by page, in both formats, filtered', async () => {
  const server = answeringServers[0]!
  await using database = await server.create()
  using made = workplace({ 'migrations/001_a.sql': 'create table a (id int primary key);\n' }, database.url)
  const rows = log(5000)
  {
    await using connection = await database.dialect.connect()
    const history = database.dialect.createHistory(connection, { project: 'default' })
    await history.ensure()
    const writes = [...rows.map((row): HistoryWrite => ({ write: 'event', row })), chainHeadWrite(rows.at(-1)!)]
    await connection.batch(history.encode(writes), { transaction: true })
  }
  const { stdout } = await made.yama('audit', 'export')
  const lines = stdout.trim().split('\n')
  expect(lines).toHaveLength(5000)
  expect(JSON.parse(lines[4999]!)).toMatchObject({ ...rows[4999] })
  const csv = (
    await made.yama(
      'audit',
      'export',
      '--format',
      'csv',
      '--type',
      'migration.reverted',
      '--since',
      '2026-01-01T00:10:00Z',
      '--until',
      '2026-01-01T00:19:59Z',
    )
  ).stdout
  expect(csv.split('\r\n')[0]).toContain('seq,at,run_id,type,migration_id,name')
  expect(csv.trim().split('\r\n')).toHaveLength(1 + 300)
  expect(csv).not.toMatch(/(?:^|,)"?=/m)
  expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`)
  expect(await made.json('audit', 'export', '--migration', '000007_x', '--out', `${made.directory}/one.jsonl`)).toMatchObject({
    data: { events: 1 },
  })
  expect(JSON.parse(made.read('one.jsonl'))).toMatchObject({ seq: 8 })
  expect(await made.json('audit', 'export')).toMatchObject({ exitCode: 64 })
  expect(await made.json('audit', 'export', '--since', 'soon', '--out', 'x')).toMatchObject({ exitCode: 64 })
  expect(await made.json('audit', 'verify', '--head', 'x')).toMatchObject({ exitCode: 64 })
})

test('no cell of a CSV is a formula', () => {
  expect(csvLine(['=1+1', '+1', '-1', '@x', '\tx', '\rx', -1, 1, null, undefined, 'a"b', 'a,b', 'a\nb', { a: '=1' }])).toBe(
    `'=1+1,'+1,'-1,'@x,'\tx,"'\rx",-1,1,,,"a""b","a,b","a\nb","{""a"":""=1""}"\r\n`,
  )
})
