import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { schema } from './open-memory.ts'

it('a migration that is replayed opens and writes no other file', async () => {
  await using scratch = await schema.scratch({ setup: [] })
  for (const sql of ["ATTACH DATABASE './other.db' AS other", 'attach "other.db" AS other', "-- copy\nVACUUM INTO 'copy.db'"])
    await expect(scratch.connection.execute(sql), sql).rejects.toMatchObject({
      code: 'YAMA_SCRATCH_OUTSIDE',
      message: expect.stringMatching(/\.db/) as unknown,
    })
  await scratch.connection.execute("ATTACH ':memory:' AS beside")
  await scratch.connection.execute('CREATE TABLE beside.t (id integer)')
  await scratch.connection.execute('VACUUM')
})

it('it may, where that is said', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'yama-outside-'))
  try {
    await using scratch = await schema.scratch({ setup: [], outside: true })
    await scratch.connection.execute(`ATTACH DATABASE '${join(directory, 'other.db')}' AS other`)
    await scratch.connection.execute('CREATE TABLE other.t (id integer)')
    expect(readdirSync(directory)).toEqual(['other.db'])
  } finally {
    rmSync(directory, { recursive: true })
  }
})
