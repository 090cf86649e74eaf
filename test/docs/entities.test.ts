import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrationFiles } from '@yama/core/files'
import { pglite } from '@yama/postgres'
import { readSeed, yamlEntities, yamlMigrationReader } from '@yama/source-yaml'
import { sqlite } from '@yama/sqlite'
import { expect, test } from 'vitest'
import { blocks, type Block } from './blocks.ts'

const dialects = [sqlite({ url: 'sqlite::memory:' }), pglite({})]
// docs/reference/entities.md has a test of its own beside the reader, block by block.
const yaml = blocks().filter(({ language, page }) => language === 'yaml' && page !== 'reference/entities.md')
const titled = (list: readonly Block[]): readonly (readonly [string, Block])[] => list.map((block) => [block.place, block] as const)
const isEntity = ({ text }: Block): boolean => /^entities:/m.test(text)

async function inDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'yama-docs-'))
  try {
    await work(directory)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

test.each(titled(yaml.filter(isEntity)))('%s is what entities look like', async (_, { text }) => {
  await inDirectory(async (directory) => {
    writeFileSync(join(directory, 'a.yaml'), text)
    for (const { extensions } of dialects) {
      const dialect = extensions.schema
      if (dialect === undefined) throw new Error('the dialect has no schema')
      const { desired, diagnostics } = await yamlEntities({ directory, root: directory }).load({ dialect })
      expect(desired.facts.size).toBeGreaterThan(0)
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    }
  })
})

const isSeed = ({ text }: Block): boolean => /^table:/m.test(text)

test.each(titled(yaml.filter(isSeed)))('%s is what a seed looks like', (_, { text }) => {
  expect(readSeed(text, 'seed.yaml').length).toBeGreaterThan(0)
})

test.each(titled(yaml.filter((block) => !isEntity(block) && !isSeed(block))))('%s is what a migration looks like', async (_, { text }) => {
  await inDirectory(async (directory) => {
    // Without steps it is the header of a migration whose SQL stands beside it.
    const own = join(directory, '001_example')
    mkdirSync(own)
    writeFileSync(join(own, 'migration.yaml'), text)
    if (!/^up:/m.test(text)) writeFileSync(join(own, 'up.sql'), 'select 1;')
    for (const dialect of dialects) {
      const [migration] = await migrationFiles({ directory, root: directory, dialect, readers: [yamlMigrationReader] }).load()
      expect(migration?.id).toMatch(/^m_/)
      expect(migration?.up.length).toBeGreaterThan(0)
    }
  })
})
