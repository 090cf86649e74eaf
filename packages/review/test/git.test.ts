import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contentHash, filesAt, gitIn, withFiles, workingFiles } from '@yama/review'
import { afterAll, expect, test } from 'vitest'

const root = mkdtempSync(join(tmpdir(), 'yama-git-'))
afterAll(() => rmSync(root, { recursive: true }))
const git = (...words: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', ...words], {
    cwd: root,
    encoding: 'utf8',
  })
const bytes = Buffer.from([0, 10, 13, 255, 254, 10, 10, 195])

mkdirSync(join(root, 'app'))
mkdirSync(join(root, 'db/deep'), { recursive: true })
writeFileSync(join(root, 'db/binary.sql'), bytes)
writeFileSync(join(root, 'db/empty.sql'), '')
writeFileSync(join(root, 'db/deep/ü b.sql'), 'SELECT 1;\n')
git('init', '-q', '-b', 'main')
git('add', '-A')
git('commit', '-qm', 'start')

test('files of a commit are read byte by byte, and equal those of the working tree, also beside the project', async () => {
  const here = gitIn(join(root, 'app'))
  const files = await filesAt(here, 'main', '../db')
  expect([...files.keys()].toSorted()).toEqual(['../db/binary.sql', '../db/deep/ü b.sql', '../db/empty.sql'])
  expect(contentHash(files)).toBe(contentHash(await workingFiles(join(root, 'app'), '../db')))
  const within = join(root, 'app/cache')
  const found = await withFiles(
    here,
    files,
    (place) => Promise.resolve([readFileSync(join(place, '../db/binary.sql')), readdirSync(join(place, '../db')), place]),
    within,
  )
  expect(found[0]).toEqual(bytes)
  expect(found[1]).toEqual(['binary.sql', 'deep', 'empty.sql'])
  expect(String(found[2]).startsWith(within)).toBe(true)
  // Nothing is left, and nothing was written beside.
  expect(readdirSync(within)).toEqual([])
  expect(existsSync(join(within, 'db'))).toBe(false)
  writeFileSync(join(root, 'db/empty.sql'), ' ')
  expect(contentHash(files)).not.toBe(contentHash(await workingFiles(join(root, 'app'), '../db')))
})

test('an object that is not in the clone is told', async () => {
  await expect(gitIn(root).blobs(['0'.repeat(40)])).rejects.toMatchObject({ code: 'YAMA_CHECK_GIT' })
  await expect(gitIn(tmpdir()).blobs(['0'.repeat(40)])).rejects.toMatchObject({ code: 'YAMA_CHECK_GIT' })
})
