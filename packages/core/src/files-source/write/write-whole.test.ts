import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeWhole } from './write-whole.ts'

let place: string
beforeEach(() => void (place = mkdtempSync(join(tmpdir(), 'yama-whole-'))))
afterEach(() => rmSync(place, { recursive: true }))

test('a file keeps its rights and its link, and one that is there is not written as a new one', async () => {
  const file = join(place, 'a.yaml')
  await writeWhole(file, 'one', { fresh: true })
  await expect(writeWhole(file, 'two', { fresh: true })).rejects.toMatchObject({ code: 'EEXIST' })
  expect(readFileSync(file, 'utf8')).toBe('one')
  execFileSync('chmod', ['640', file])
  symlinkSync('a.yaml', join(place, 'link.yaml'))
  await writeWhole(join(place, 'link.yaml'), 'three')
  expect(readFileSync(file, 'utf8')).toBe('three')
  expect(statSync(file).mode & 0o777).toBe(0o640)
  expect(readdirSync(place)).toEqual(['a.yaml', 'link.yaml'])
})

// A limit on the size of files stands for a full disk: `write` fails when the file is open already.
test('a write that fails leaves what was there, and nothing new', () => {
  const file = join(place, 'a.yaml')
  writeFileSync(file, 'kept')
  const programme = `import('${import.meta.dirname}/write-whole.ts').then(async ({ writeWhole }) => {
    process.on('SIGXFSZ', () => undefined)
    const text = 'x'.repeat(1e6)
    for (const [name, fresh] of [['a.yaml', false], ['b.yaml', true]])
      await writeWhole('${place}/' + name, text, { fresh }).then(() => console.log('written'), (error) => console.log(error.code, error.path))
  })`
  const said = execFileSync('bash', ['-c', 'ulimit -f 8; exec "$0" --import tsx -e "$1"', process.execPath, programme], {
    encoding: 'utf8',
    cwd: join(import.meta.dirname, '../../../../..'),
    env: { ...process.env, TSX_DISABLE_CACHE: '1' },
  })
  expect(said).toBe(`EFBIG ${file}\nEFBIG ${join(place, 'b.yaml')}\n`)
  expect(readFileSync(file, 'utf8')).toBe('kept')
  expect(readdirSync(place)).toEqual(['a.yaml'])
})

test('what is no file is written into, and stays what it is', async () => {
  const pipe = join(place, 'pipe')
  execFileSync('bash', ['-c', 'mkfifo "$0"', pipe])
  const reader = promisify(execFile)('cat', [pipe])
  await writeWhole(pipe, 'through')
  expect((await reader).stdout).toBe('through')
  expect(statSync(pipe).isFIFO()).toBe(true)
})
