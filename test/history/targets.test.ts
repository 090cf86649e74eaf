import { describe, expect, test } from 'vitest'
import { workplace, type Envelope, type Workplace } from './command.ts'
import { answeringServers } from './databases.ts'

const file = (name: string): string => `-- +migrate Up\ncreate table ${name} (id int primary key);\n-- +migrate Down\ndrop table ${name};\n`
const five = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name, at) => [`migrations/00${at + 1}_${name}.sql`, file(name)]))

/** Confirms what a way back loses, as a person would. */
const down = async (made: Workplace, ...words: readonly string[]): Promise<Envelope> => {
  const refused = await made.json('down', ...words)
  const digest = /--confirm ([0-9a-f]{16})/.exec(refused.diagnostics[0]?.hint ?? '')?.[1]
  return digest === undefined ? refused : await made.json('down', ...words, '--confirm', digest)
}

describe.each(answeringServers)('targets on $name', ({ create }) => {
  test('tags, counted targets, times, and exactly what one run applied', async () => {
    await using database = await create()
    using made = workplace(five, database.url)
    expect(await made.json('up', '--to', '+2')).toMatchObject({ data: { applied: ['001_a', '002_b'] } })
    expect(await made.json('tag', 'v1.0')).toMatchObject({ ok: true, data: { name: 'v1.0', heads: ['002_b'] } })
    expect(await made.json('tag', 'v1.0')).toMatchObject({ exitCode: 64, reason: 'YAMA_TAG_EXISTS' })
    expect(await made.json('tag', '+1')).toMatchObject({ reason: 'YAMA_TAG_NAME' })
    expect(await made.json('up', '--to', '002_b+1')).toMatchObject({ data: { applied: ['003_c'] } })
    const second = await made.json('up', '--to', 'head')
    expect(second).toMatchObject({ data: { applied: ['004_d', '005_e'] } })

    expect(await down(made, '--run', String(second.data['runId']).slice(0, 12))).toMatchObject({ data: { reverted: ['005_e', '004_d'] } })
    expect(await made.json('down', '--run', 'none')).toMatchObject({ exitCode: 64, reason: 'YAMA_TARGET_RUN' })
    expect(await down(made, '--run', 'last')).toMatchObject({ data: { reverted: ['003_c'] } })
    expect(await made.json('up', '--to', 'head-2')).toMatchObject({ data: { applied: ['003_c'] } })
    expect(await down(made, '--to', '-1')).toMatchObject({ data: { reverted: ['003_c'] } })
    expect(await made.json('up')).toMatchObject({ data: { applied: ['003_c', '004_d', '005_e'] } })
    expect(await down(made, '--to', 'tag:v1.0')).toMatchObject({ data: { reverted: ['005_e', '004_d', '003_c'] } })
    expect(await made.json('up', '--to', 'tag:v1.0')).toMatchObject({ data: { applied: [] } })
    expect(await down(made, '--to', '@{2000-01-01}')).toMatchObject({ data: { reverted: ['002_b', '001_a'] } })
    expect(await made.json('up', '--to', 'v1.0')).toMatchObject({ data: { applied: ['001_a', '002_b'] } })
    expect(await down(made, '--to', 'head-1')).toMatchObject({ data: { reverted: ['002_b'] } })

    expect(await made.json('up', '--to', 'tag:v1.1')).toMatchObject({ exitCode: 64, reason: 'YAMA_TARGET_TAG' })
    expect(await made.json('down', '--to', '@{soon}')).toMatchObject({ exitCode: 64, reason: 'YAMA_TARGET_TIME' })
    expect(await made.json('up', '--to', '005_e+1')).toMatchObject({ exitCode: 64, reason: 'YAMA_TARGET_RANGE' })
    expect(await made.json('up', '--to', '-1')).toMatchObject({ exitCode: 64, reason: 'YAMA_TARGET_COUNT' })
    expect(await made.json('tag', 'v0', '--at', 'base')).toMatchObject({ data: { heads: [] } })
    expect(await made.json('tag', 'v1.0', '--delete')).toMatchObject({ ok: true })
    expect((await made.json('tag')).data).toEqual([{ name: 'v0', heads: [] }])
    expect(await made.json('audit', 'verify')).toMatchObject({ ok: true })
  })

  test('a run whose work something newer needs is not undone alone', async () => {
    await using database = await create()
    using made = workplace(five, database.url)
    const first = await made.json('up', '--steps', '2')
    await made.json('up', '--steps', '1')
    expect(await made.json('down', '--run', String(first.data['runId']))).toMatchObject({ exitCode: 65, reason: 'YAMA_DOWN_NEEDED' })
  })
})
