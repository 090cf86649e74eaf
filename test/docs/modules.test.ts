import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { blocks } from './blocks.ts'

const root = resolve(import.meta.dirname, '..', '..')
const place = join(root, 'node_modules', '.cache', 'docs-blocks')

test('every TypeScript block of the pages compiles, each as a project of its own would', () => {
  const modules = blocks().filter(({ language }) => language === 'ts')
  expect(modules.length).toBeGreaterThanOrEqual(5)
  rmSync(place, { recursive: true, force: true })
  mkdirSync(place, { recursive: true })
  const names = modules.map(({ place: where }) => `${where.replaceAll(/[^a-z0-9]+/g, '-')}.ts`)
  for (const [index, { text }] of modules.entries()) writeFileSync(join(place, names[index] ?? ''), text)
  writeFileSync(
    join(place, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { typeRoots: [join(root, 'node_modules', '@types')] },
      include: ['*.ts'],
    }),
  )
  const tsc = join(root, 'node_modules', 'typescript7', 'bin', 'tsc')
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', place, '--pretty', 'false'], { cwd: root, encoding: 'utf8' })
  // Packages in flux are none of this test's business; what stands in a page is.
  expect(stdout.split('\n').filter((line) => line.includes('docs-blocks'))).toEqual([])
})
