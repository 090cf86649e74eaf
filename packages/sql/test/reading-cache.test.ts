import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { lexerRules, semanticTokens, splitStatements } from '@yama/sql'
import type { Migration } from '@yama/core'
import { migrationFiles, type FileDialect } from '@yama/core/files'

let root: string
let parsed = 0
const dialect: FileDialect = {
  kind: 'postgres',
  splitStatements: (sql) => {
    parsed++
    return splitStatements(sql, lexerRules.postgres)
  },
  semanticTokens: (sql) => semanticTokens(sql, lexerRules.postgres),
}
const write = (name: string, text: string): void => writeFileSync(join(root, 'migrations', name), text)
const cacheFile = (): string => join(root, '.yama', 'cache', 'migrations.json')
const load = (version = '1'): Promise<readonly Migration[]> =>
  migrationFiles({ directory: 'migrations', root, dialect, cache: { file: cacheFile(), version } }).load()
const plain = (): Promise<readonly Migration[]> => migrationFiles({ directory: 'migrations', root, dialect }).load()

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yama-reading-'))
  mkdirSync(join(root, 'migrations'))
  for (let n = 10; n < 70; n++) {
    write(
      `${n}_header.sql`,
      `-- id: m_${n}\n-- parents:${n === 10 ? '' : ` m_${n - 1}`}\n-- phase: expand\n-- Description: Nº ${n}\n\n-- +migrate Up\nCREATE TABLE a_${n} (id int);\nCREATE INDEX CONCURRENTLY i_${n} ON a_${n} (id);\n-- +migrate Down\nDROP TABLE a_${n};\n`,
    )
  }
  write('70_pair.up.sql', '\ufeffSELECT 1;\r\nSELECT 1;')
  write('70_pair.down.sql', '-- the way back\nSELECT 2;')
  write('71_plain.sql', 'SELECT 3')
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(root, { recursive: true })
})
/** Files are believed by their stamps once they were left alone for a while. */
const later = (): void => void vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })

describe('readingCache', () => {
  it('gives the migrations that parsing gives, without parsing', async () => {
    const first = await load()
    parsed = 0
    const second = await load()
    expect(parsed).toBe(0)
    expect(second).toEqual(first)
    expect(second).toEqual(await plain())
    // Members of its own: whoever copies or lists one has them all.
    expect(second.map((migration) => ({ ...migration }))).toEqual((await plain()).map((migration) => ({ ...migration })))
  })

  it('parses what was edited, and only that', async () => {
    await load()
    write('71_plain.sql', 'SELECT 4')
    write('70_pair.down.sql', 'SELECT 5;')
    const expected = await plain()
    parsed = 0
    expect(await load()).toEqual(expected)
    expect(parsed).toBeGreaterThan(0)
    expect(parsed).toBeLessThan(10)
  })

  it('still tells what is wrong with an edited file', async () => {
    await load()
    write('71_plain.sql', "SELECT 'x")
    await expect(load()).rejects.toMatchObject({ code: 'YAMA_SQL_UNTERMINATED' })
    await expect(load()).rejects.toMatchObject({ code: 'YAMA_SQL_UNTERMINATED' })
  })

  it.each(['', 'not json', '{"format":1,"version":"1 postgres"}', '{"format":0,"version":"1 postgres","files":{}}', 'null'])(
    'reads files itself where the cache is damaged: %s',
    async (text) => {
      await load()
      writeFileSync(cacheFile(), text)
      expect(await load()).toEqual(await plain())
    },
  )

  it('believes no other version', async () => {
    await load('1')
    parsed = 0
    await load('2')
    expect(parsed).toBeGreaterThan(60)
    expect(JSON.parse(readFileSync(cacheFile(), 'utf8'))).toMatchObject({ version: '2 postgres' })
  })

  it('does not read files that were left alone, until somebody asks for their texts', async () => {
    const expected = await plain()
    await load()
    later()
    await load()
    const before = readFileSync(cacheFile(), 'utf8')
    expect(before).toContain('"stamps"')
    expect(await load()).toEqual(expected)
    const second = await load()
    write('71_plain.sql', 'SELECT 9')
    expect(() => second.find(({ name }) => name === '71_plain')?.body).toThrow('changed while it was being used')
    expect((await load()).find(({ name }) => name === '71_plain')?.up[0]).toMatchObject({ text: 'SELECT 9' })
  })

  it('believes no stamp of a file that was written just now', async () => {
    await load()
    await load()
    expect(readFileSync(cacheFile(), 'utf8')).not.toContain('"stamps"')
  })

  it('sees an edit that keeps the length and puts the time of the change back', async () => {
    await load()
    later()
    await load()
    const { atime, mtime } = statSync(join(root, 'migrations', '71_plain.sql'))
    write('71_plain.sql', 'SELECT 8')
    utimesSync(join(root, 'migrations', '71_plain.sql'), atime, mtime)
    expect((await load()).find(({ name }) => name === '71_plain')?.up[0]).toMatchObject({ text: 'SELECT 8' })
  })

  it('writes nothing where nothing is new, and where there are few files', async () => {
    await load()
    const { mtimeMs } = statSync(cacheFile())
    await load()
    expect(statSync(cacheFile()).mtimeMs).toBe(mtimeMs)
    for (let n = 10; n < 65; n++) rmSync(join(root, 'migrations', `${n}_header.sql`))
    rmSync(cacheFile())
    await load()
    expect(() => statSync(cacheFile())).toThrow('ENOENT')
  })
})
