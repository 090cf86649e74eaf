import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { YamaError } from '@yama/core'
import { yamlEntities } from '@yama/source-yaml'
import { fakeDialect } from './fake-dialect.ts'

const first = `version: 1
entities:
  User:
    fields:
      id: bigint! primary identity
      email: string(120)! unique
      state: enum(new, old)! = new
    indexes:
      - fields: [email, id]
`
const second = `version: 1
entities:
  Post:
    fields: { id: bigint! primary, author: User! cascade }
    checks: { positive: id > 0 }
`

describe('the cache of documents', () => {
  let directory = ''
  const file = (): string => join(directory, 'cache', 'documents.json')
  const load = (version?: string) =>
    yamlEntities({
      directory: join(directory),
      root: directory,
      ...(version === undefined ? {} : { cache: { file: file(), version } }),
    }).load({ dialect: fakeDialect('postgres') })
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'yama-documents-'))
    writeFileSync(join(directory, 'user.yaml'), first)
    writeFileSync(join(directory, 'post.yaml'), second)
  })
  afterEach(() => rmSync(directory, { recursive: true }))

  it('changes nothing about what the entities say, places included', async () => {
    const plain = await load()
    expect(await load('1')).toEqual(plain)
    expect(existsSync(file())).toBe(true)
    expect(await load('1')).toEqual(plain)
    writeFileSync(join(directory, 'post.yaml'), `# moved\n${second}`)
    const moved = await load()
    expect([...moved.desired.facts.values()].find(({ kind, name }) => kind === 'table' && name.startsWith('post'))?.origin?.line).toBe(4)
    expect(await load('1')).toEqual(moved)
  })

  it('holds whatever a link leads to, which is read as if it stood there', async () => {
    const plain = await load()
    mkdirSync(join(directory, 'elsewhere', '.shared'), { recursive: true })
    renameSync(join(directory, 'post.yaml'), join(directory, 'elsewhere', '.shared', 'post.text'))
    expect((await load('1')).desired.facts.size).toBeLessThan(plain.desired.facts.size)
    symlinkSync(join('elsewhere', '.shared', 'post.text'), join(directory, 'post.yaml'))
    expect(await load('1')).toEqual(plain)
  })

  it('is none where something stands in its way', async () => {
    writeFileSync(join(directory, 'cache'), '')
    expect(await load('1')).toEqual(await load())
  })

  it('is not believed where another version, or nobody, wrote it', async () => {
    const plain = await load()
    await load('1')
    expect(await load('2')).toEqual(plain)
    expect(readFileSync(file(), 'utf8')).toContain('"version":"2"')
    writeFileSync(file(), '{"format":1,')
    expect(await load('2')).toEqual(plain)
  })

  it('keeps neither mistakes nor what JSON cannot say, so that both are told each time', async () => {
    const wrong = `version: 1\nentities:\n  Tag:\n    fields: { id: bigint! primary }\n    colour: red\n`
    writeFileSync(join(directory, 'tag.yaml'), wrong)
    const mistakes = async (): Promise<unknown> => load('1').catch((error: unknown) => (YamaError.is(error) ? error.data : error))
    const told = await mistakes()
    expect(told).toMatchObject([{ code: 'YAMA_ENTITY_UNKNOWN_KEY', position: { file: 'tag.yaml', line: 5 } }])
    expect(await mistakes()).toEqual(told)
    const shared = `version: 1\nentities:\n  Tag:\n    fields: { id: &key bigint! primary }\n  Label:\n    fields: { id: *key }\n`
    writeFileSync(join(directory, 'tag.yaml'), shared)
    const plain = await load()
    await load('1')
    expect(Object.keys((JSON.parse(readFileSync(file(), 'utf8')) as { files: object }).files).toSorted()).toEqual([
      'post.yaml',
      'user.yaml',
    ])
    expect(await load('1')).toEqual(plain)
  })

  it('reports a mistake in a known document at its place', async () => {
    await load('1')
    writeFileSync(join(directory, 'user.yaml'), first.replace('User:', 'Person:'))
    const error = await load('1').catch((found: unknown) => found)
    const plain = await load().catch((found: unknown) => found)
    expect(YamaError.is(error) && error.position).toMatchObject({ file: 'post.yaml', line: 4 })
    expect(YamaError.is(error) && YamaError.is(plain) && error.data).toEqual(YamaError.is(plain) && plain.data)
  })
})
