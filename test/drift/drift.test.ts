import { describe, expect, test } from 'vitest'
import { workplace, type Envelope } from '../history/command.ts'
import { answeringServers } from '../history/databases.ts'
import { edits, schemas } from './manual-edits.ts'

const signs: Readonly<Record<string, string>> = { added: '+', removed: '-', changed: '~' }
const named = (envelope: Envelope): readonly string[] =>
  (envelope.data['objects'] as readonly Readonly<Record<string, string>>[]).map(
    ({ object, origin = '' }) => `${signs[origin] ?? ''} ${object ?? ''}`,
  )
const clean = { exitCode: 0, reason: 'no drift', data: { objects: [] }, diagnostics: [] }

describe.each(answeringServers)('manual edits on $name', ({ create, kind, table }) => {
  test('each is found, classified and repaired to equality', { timeout: 240_000 }, async () => {
    await using database = await create()
    using made = workplace({ 'migrations/001_schema.sql': `-- +migrate Up\n${schemas[kind]}` }, database.url)
    expect(await made.json('up')).toMatchObject({ ok: true })
    expect(await made.json('drift')).toMatchObject(clean)
    for (const { sql, found } of edits[kind]) {
      await database.sql(...sql)
      const answer = await made.json('drift')
      expect({ exitCode: answer.exitCode, found: named(answer) }, sql.join('; ')).toEqual({ exitCode: 2, found })
      const plan = await made.json('drift', 'repair')
      expect(plan, sql.join('; ')).toMatchObject({ exitCode: 4, data: { done: false } })
      const repaired = await made.json('drift', 'repair', '--confirm', String(plan.data['digest']))
      expect(repaired, sql.join('; ')).toMatchObject({ exitCode: 0, data: { done: true } })
      expect(await made.json('drift'), sql.join('; ')).toMatchObject(clean)
      expect(await made.json('verify'), sql.join('; ')).toMatchObject({ ok: true })
    }
    const events = await database.sql(`select type from ${table('event')} where type like 'drift.%' order by seq`)
    expect(events.map(({ type }) => type)).toEqual(edits[kind].flatMap(() => ['drift.detected', 'drift.absorbed']))
  })

  test('all at once are adopted as a migration that makes the same elsewhere, and can be taken back', { timeout: 120_000 }, async () => {
    await using database = await create()
    await using other = await create()
    using made = workplace({ 'migrations/001_schema.sql': `-- +migrate Up\n${schemas[kind]}` })
    const here = ['--url', database.url]
    const there = ['--url', other.url]
    expect(await made.json('up', ...here)).toMatchObject({ ok: true })
    expect(await made.json('up', ...there)).toMatchObject({ ok: true })
    for (const { sql } of edits[kind].filter(({ adopted }) => adopted === true)) await database.sql(...sql)
    expect(named(await made.json('drift', ...here)).toSorted()).toEqual(
      edits[kind]
        .filter(({ adopted }) => adopted === true)
        .flatMap(({ found }) => found)
        .toSorted(),
    )
    const adopted = await made.json('drift', 'adopt', '--name', 'by_hand', ...here)
    expect(adopted).toMatchObject({ ok: true, data: { file: 'migrations/002_by_hand.sql', done: true } })
    expect(await made.json('drift', ...here)).toMatchObject(clean)
    expect(await made.json('up', ...here)).toMatchObject({ ok: true, data: { applied: [] } })
    expect(await confirmed(made, ['up'], there)).toMatchObject({ ok: true, data: { applied: ['002_by_hand'] } })
    expect(await made.json('diff', database.url, other.url)).toMatchObject({ data: { equal: true } })
    expect(await confirmed(made, ['down', '--steps', '1'], there)).toMatchObject({ ok: true })
    expect(await made.json('drift', ...there)).toMatchObject(clean)
  })
})

/** Runs what may lose data, as a person who looked at it first. */
async function confirmed(
  made: { json(...words: readonly string[]): Promise<Envelope> },
  words: readonly string[],
  where: readonly string[],
): Promise<Envelope> {
  const plan = await made.json(...words, '--dry-run', ...where)
  return await made.json(...words, '--confirm', String(plan.data['digest']), ...where)
}
