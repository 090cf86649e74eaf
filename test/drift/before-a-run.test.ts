import { describe, expect, test } from 'vitest'
import { workplace, type Envelope } from '../history/command.ts'
import { answeringServers } from '../history/databases.ts'

const file = (up: string, down: string): string => `-- +migrate Up\n${up};\n-- +migrate Down\n${down};\n`
const files = {
  'yama.config.ts': "export default { drift: 'check' }\n",
  'migrations/001_a.sql': file('create table a (id int primary key, size int, wide int)', 'drop table a'),
  'migrations/002_b.sql': file('create table b (id int primary key)', 'drop table b'),
}
const codes = ({ diagnostics }: Envelope): readonly string[] => diagnostics.map(({ code }) => code)
const objects = ({ data }: Envelope): readonly unknown[] =>
  (data['objects'] as readonly Readonly<Record<string, string>>[]).map(({ object = '' }) => object.replace('public.', ''))

describe.each(answeringServers)('before a run on $name', ({ create, table }) => {
  test('drift that the plan touches blocks it, drift elsewhere is told, and neither is forgotten', { timeout: 60_000 }, async () => {
    await using database = await create()
    using made = workplace(files, database.url)
    expect(await made.json('up')).toMatchObject({ ok: true, diagnostics: [] })
    await database.sql('create index by_hand on a (size)')

    made.write('migrations/003_b.sql', file('alter table b add column c int', 'alter table b drop column c'))
    const elsewhere = await made.json('up')
    expect(elsewhere).toMatchObject({ ok: true, data: { applied: ['003_b'] } })
    expect(codes(elsewhere)).toEqual(['YAMA_DRIFT_ELSEWHERE'])
    // The run did not make the index its own.
    expect(objects(await made.json('drift'))).toEqual(['index a.by_hand'])

    made.write('migrations/004_a.sql', file('alter table a add column more int', 'alter table a drop column more'))
    const blocked = await made.json('up')
    expect(blocked).toMatchObject({ ok: false, exitCode: 3, diagnostics: [{ code: 'YAMA_DRIFT_BLOCKS' }] })
    expect(blocked.diagnostics[0]?.message).toContain('by_hand')
    expect(await made.json('status')).toMatchObject({ data: { pending: [{ id: '004_a' }] } })

    const allowed = await made.json('up', '--allow-drift', 'the index stays until Monday')
    expect(allowed).toMatchObject({ ok: true, data: { applied: ['004_a'] } })
    const events = await database.sql(`select payload from ${table('event')} where type = 'drift.detected' order by seq desc`)
    expect(JSON.stringify(events[0])).toContain('the index stays until Monday')
    expect(objects(await made.json('drift'))).toEqual(['index a.by_hand'])
    // A way back is not held up.
    const down = await made.json('down', '--dry-run')
    expect(await made.json('down', '--confirm', String(down.data['digest']))).toMatchObject({ ok: true })
  })

  test('what is ignored is no obstacle, and stays ignored', { timeout: 60_000 }, async () => {
    await using database = await create()
    using made = workplace(files, database.url)
    await made.json('up')
    await database.sql('alter table a add column extra int')
    made.write('migrations/003_a.sql', file('alter table a add column more int', 'alter table a drop column more'))
    expect(codes(await made.json('up'))).toEqual(['YAMA_DRIFT_BLOCKS'])
    expect(await made.json('drift', 'ignore', 'a.extra', '--reason', 'known', '--until', '2099-01-01')).toMatchObject({ ok: true })
    expect(await made.json('up')).toMatchObject({ ok: true, diagnostics: [] })
    expect(await made.json('drift')).toMatchObject({ exitCode: 0, data: { objects: [{ ignored: { reason: 'known' } }] } })
  })
})
