import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createYama } from '@yama/core'
import { bundleSource, migrationFiles, openBundle, readHooks, writeBundle, type BundledStep } from '@yama/core/files'
import { describe, expect, test } from 'vitest'
import { compileModules } from '../../packages/cli/src/bundle/compile-modules.ts'
import { moduleReader } from '../../packages/cli/src/program/module-reader.ts'
import { everyDatabase, type OwnDatabase } from './every-database.ts'
import { fileProject, type FileProject } from './file-project.ts'

const files = {
  'migrations/001_a.sql': '-- +migrate Up\nCREATE TABLE a (id INTEGER, what VARCHAR(40));\n-- +migrate Down\nDROP TABLE a;\n',
  'migrations/002_code.ts': `import { defineMigration } from '@yama/core'
import { words, type Word } from './words/list.js'
import { basename } from 'node:path'

const first: Word = words[0]!
export default defineMigration({
  id: 'm_code',
  parents: ['001_a'],
  up: async ({ connection }) => {
    const { second } = await import('./words/later.ts')
    await connection.execute(\`INSERT INTO a VALUES (1, '\${first} \${basename('/x/y')} \${second}')\`)
  },
  down: async ({ connection }) => void (await connection.execute('DELETE FROM a')),
})
`,
  'migrations/003_b.sql': "INSERT INTO a VALUES (3, 'sql');\n",
  'migrations/R__c.sql': "INSERT INTO a VALUES (4, 'again');\n",
  'migrations/words/list.ts': "export type Word = string\nexport const words: readonly Word[] = ['one']\n",
  'migrations/words/later.ts': "export const second: string = 'two'\n",
}

async function packed({ dialect }: OwnDatabase, made: FileProject, key?: string): Promise<string> {
  const root = made.directory
  const loaded = await migrationFiles({ directory: 'migrations', root, dialect, readers: [moduleReader] }).load()
  const steps = (list: (typeof loaded)[number]['up'], file: string): readonly BundledStep[] =>
    list.map((step) => (step.kind === 'sql' ? step : { kind: 'code', module: file }))
  const migrations = loaded.map(({ up, down, ...migration }) => ({
    ...migration,
    up: steps(up, migration.file),
    ...(down === undefined ? {} : { down: steps(down, migration.file) }),
  }))
  const modules = await compileModules(root, ['migrations/002_code.ts'])
  const file = join(root, 'app.yamabundle')
  const body = { format: 1, project: 'default', dialect: dialect.kind, toolVersion: '1.2.3', migrations, modules, hooks: [] } as const
  writeFileSync(file, writeBundle(body, key))
  return file
}

describe.each(await everyDatabase())('a bundle on $name', ({ open }) => {
  test('runs without its files and without TypeScript, as the files would, forth and back', async () => {
    using made = fileProject(files)
    await using database = await open(made.directory)
    const { dialect } = database
    const file = await packed(database, made)
    const ofFiles = createYama({
      dialect,
      sources: [migrationFiles({ directory: 'migrations', root: made.directory, dialect, readers: [moduleReader] })],
    })
    const { digest } = await ofFiles.plan({ up: 'latest' })
    await ofFiles[Symbol.asyncDispose]()
    const yama = createYama({ dialect, sources: [bundleSource(file)] })
    const plan = await yama.plan({ up: 'latest' })
    expect(plan.digest).toBe(digest)
    expect((await yama.apply(plan)).applied).toEqual(['001_a', 'm_code', '003_b', 'R__c'])
    await yama[Symbol.asyncDispose]()
    expect((await database.query('SELECT what FROM a ORDER BY id')).map(({ what }) => what)).toEqual(['one y two', 'sql', 'again'])
    const back = createYama({ dialect, sources: [bundleSource(file)] })
    await expect(back.plan({ down: 1 })).rejects.toMatchObject({ code: 'YAMA_DOWN_MISSING' })
    await back[Symbol.asyncDispose]()
  })
})

test('a bundle that was changed, is not signed, or signed with another key is refused before any code of it runs', async () => {
  using made = fileProject(files)
  const [{ open }] = (await everyDatabase()) as [Awaited<ReturnType<typeof everyDatabase>>[number]]
  await using database = await open(made.directory)
  const pem = (): { readonly privateKey: string; readonly publicKey: string } =>
    generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
  const [mine, other] = [pem(), pem()]
  const file = await packed(database, made, mine.privateKey)
  expect(openBundle(file, { verify: mine.publicKey })).toMatchObject({ signed: true })
  expect(() => openBundle(file, { verify: other.publicKey })).toThrow(expect.objectContaining({ code: 'YAMA_BUNDLE_SIGNATURE' }))
  expect(() => openBundle(file, { verify: 'no key' })).toThrow(expect.objectContaining({ code: 'YAMA_BUNDLE_KEY' }))

  const text = readFileSync(file, 'utf8')
  for (const [from, to] of [
    ["'sql'", "'evil'"],
    ['INSERT INTO a VALUES (1', 'INSERT INTO a VALUES (9'],
    ['"id":"003_b"', '"id":"003_c"'],
    ['"format":1', '"format":2'],
  ] as const) {
    expect(text).toContain(from)
    writeFileSync(file, text.replace(from, to))
    expect(() => bundleSource(file)).toThrow(
      expect.objectContaining({ code: to === '"format":2' ? 'YAMA_BUNDLE_READ' : 'YAMA_BUNDLE_TAMPERED' }),
    )
  }
  const unsigned = await packed(database, made)
  expect(() => openBundle(unsigned, { verify: mine.publicKey })).toThrow(expect.objectContaining({ code: 'YAMA_BUNDLE_SIGNATURE' }))
  expect(() => bundleSource(join(made.directory, 'none'))).toThrow(expect.objectContaining({ code: 'YAMA_BUNDLE_READ' }))

  // A packed hook is not left out in silence.
  made.write({ 'migrations/hooks/after-run.sql': "INSERT INTO a VALUES (5, 'hook');\n" })
  const hooks = readHooks(join(made.directory, 'migrations', 'hooks'), 'migrations/hooks', database.dialect, undefined)
  const { body } = openBundle(unsigned)
  writeFileSync(unsigned, writeBundle({ ...body, hooks: hooks as typeof body.hooks }))
  expect(() => bundleSource(unsigned)).toThrow(expect.objectContaining({ code: 'YAMA_BUNDLE_HOOKS' }))
  const bundle = openBundle(unsigned)
  await using yama = createYama({ dialect: database.dialect, sources: [bundle.source], plugins: bundle.plugins(database.dialect) })
  await yama.apply(await yama.plan({ up: 'latest' }))
  expect(await database.query("SELECT id FROM a WHERE what = 'hook'")).toEqual([{ id: 5 }])
  expect(() => bundle.plugins({ ...database.dialect, kind: 'mysql' })).toThrow(expect.objectContaining({ code: 'YAMA_BUNDLE_DIALECT' }))
})

test('what a bundle cannot hold is refused with the import', async () => {
  using made = fileProject({
    'a.ts': "import { z } from 'zod'\nexport default z\n",
    'b.ts': "import './none.ts'\nexport default {}\n",
    'c.ts': 'const name = "./x.ts"\nexport default await import(name)\n',
  })
  for (const name of ['a', 'b', 'c'])
    await expect(compileModules(made.directory, [`${name}.ts`]), name).rejects.toMatchObject({
      code: 'YAMA_BUNDLE_MODULE',
      position: { file: `${name}.ts` },
    })
})
