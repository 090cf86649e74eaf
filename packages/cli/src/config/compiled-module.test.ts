import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { compiledModule } from './compiled-module.ts'
import { importModule } from './import-module.ts'

let place: string
let file: string
let cache: string
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'yama-compiled-'))
  file = join(place, 'yama.config.ts')
  cache = join(place, '.yama', 'cache')
})
afterEach(() => rmSync(place, { recursive: true }))

const CONFIG = `import { defineConfig } from '@yama/cli'
import { join } from 'node:path'
const directory: string = join('db', 'migrations')
export default defineConfig({ migrations: directory, project: process.env['YAMA_COMPILED_TEST'] ?? 'none' })
`
const compiled = (name: string) => () => `exports.default = { project: '${name}' }`
const kept = (): readonly string[] => {
  try {
    return readdirSync(cache)
  } catch {
    return []
  }
}

test('a configuration runs from what was compiled before, anew each time', async () => {
  writeFileSync(file, CONFIG)
  const first = await importModule(file, cache)
  expect(first['default']).toMatchObject({ migrations: 'db/migrations', project: 'none' })
  expect(kept()).toHaveLength(1)
  expect(statSync(join(cache, kept()[0] ?? '')).mode & 0o077).toBe(0)
  process.env['YAMA_COMPILED_TEST'] = 'now'
  try {
    expect(compiledModule(file, cache).run()?.['default']).toEqual({ migrations: 'db/migrations', project: 'now' })
  } finally {
    delete process.env['YAMA_COMPILED_TEST']
  }
})

test('an edited file is compiled again, and a damaged one is not believed', async () => {
  writeFileSync(file, CONFIG)
  compiledModule(file, cache).keep(compiled('old'))
  writeFileSync(file, CONFIG.replace("'db', 'migrations'", "'other'"))
  expect(compiledModule(file, cache).run()).toBeUndefined()
  expect((await importModule(file, cache))['default']).toMatchObject({ migrations: 'other' })
  expect(kept()).toHaveLength(2)
  for (const name of kept()) writeFileSync(join(cache, name), readFileSync(join(cache, name), 'utf8').slice(0, 40))
  expect((await importModule(file, cache))['default']).toMatchObject({ migrations: 'other' })
})

test.each([
  ['a file beside it', `import { name } from './name.ts'\nexport default { project: name }\n`],
  ['where it lies', `import { basename } from 'node:path'\nexport default { project: basename(import.meta.url) }\n`],
  [
    'an import of what is known when it runs',
    `const name = 'node:path'\nexport const load = () => import(name)\nexport default { project: 'x' }\n`,
  ],
  ['what waits at the top', `const { sep } = await import('node:path')\nexport default { project: sep }\n`],
])('what needs %s is not kept', async (_, text) => {
  writeFileSync(join(place, 'name.ts'), `export const name: string = 'beside'\n`)
  writeFileSync(file, text)
  expect((await importModule(file, cache))['default']).toBeDefined()
  const again = compiledModule(file, cache).run()
  if (again === undefined) expect(kept()).toHaveLength(0)
  else expect(again['default']).toEqual((await importModule(file))['default'])
})

test('a configuration that throws is told by the compiler, which knows the place', async () => {
  writeFileSync(file, `export default (() => { throw new Error('no name') })()\n`)
  compiledModule(file, cache).keep(() => `throw new Error('somewhere')`)
  await expect(importModule(file, cache)).rejects.toThrow('no name')
  expect(compiledModule(file, cache).run()).toBeUndefined()
})

test('what was kept and cut short, emptied or changed is compiled again', async () => {
  writeFileSync(file, CONFIG)
  await importModule(file, cache)
  const path = join(cache, kept()[0] ?? '')
  const whole = readFileSync(path, 'utf8')
  for (const damaged of ['', whole.slice(0, -2), 'export default 7', whole.replace('migrations', 'elsewhere')]) {
    writeFileSync(path, damaged)
    expect(compiledModule(file, cache).run()).toBeUndefined()
    expect((await importModule(file, cache))['default']).toMatchObject({ migrations: 'db/migrations' })
  }
})
