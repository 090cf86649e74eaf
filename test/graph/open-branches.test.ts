import { describe, expect, test } from 'vitest'
import { answeringServers } from '../history/databases.ts'
import { repository } from '../review/review-project.ts'

const user = 'entities:\n  User:\n    table: users\n    fields:\n      id: int! primary\n      level: Level!\n'
const team = 'entities:\n  Team:\n    fields:\n      id: int! primary\n      level: Level!\n'
const card = 'entities:\n  Card:\n    fields:\n      id: int! primary\n      owner: User?\n'

/** One of each kind: what differs between versions is not asked here. */
const ofEachKind = answeringServers.filter(({ kind }, at) => answeringServers.findIndex((other) => other.kind === kind) === at)

describe.each(ofEachKind)('other open branches on $name', ({ kind, create }) => {
  test('what is wrong only together with one of them is found, and the branch is named', { timeout: 120_000 }, async () => {
    await using database = await create()
    const settings = { dialect: kind, environments: { dev: { url: database.url, scratch: { allow: true } } } }
    using project = repository({
      'schema/level.yaml': 'enums:\n  Level: [low, high]\n',
      'schema/user.yaml': user,
      'yama.config.ts': `export default ${JSON.stringify(settings)}\n`,
    })
    const { made, git } = project
    const commit = async (of: string): Promise<void> => {
      expect(await made.json('generate', of, '--yes')).toMatchObject({ ok: true })
      git('add', '-A')
      git('commit', '-qm', of)
    }
    git('checkout', '-q', 'main')
    await commit('base')
    const branch = async (of: string, path: string, text: string): Promise<void> => {
      git('checkout', '-q', 'main')
      git('checkout', '-qb', of)
      made.write(path, text)
      await commit(of)
    }
    await branch('open-level', 'schema/level.yaml', 'enums:\n  Level: [low, middle, high]\n')
    await branch('open-note', 'schema/note.yaml', 'entities:\n  Note:\n    fields:\n      id: int! primary\n')
    await branch('open-person', 'schema/user.yaml', user.replace('User:', 'Person:'))
    await branch('open-card', 'schema/card.yaml', card)
    const told = async (...branches: readonly string[]): Promise<readonly string[]> => {
      const found = await made.json('check', '--base', 'main', ...branches.flatMap((each) => ['--with-branches', each]))
      return found.diagnostics.map(({ code, message }) => `${code} ${message.slice(0, message.indexOf(':'))}`)
    }
    expect(await told('open-person', 'open-note')).toEqual(['YAMA_ENTITY_TYPE_UNKNOWN With open-person'])
    await branch('open-team', 'schema/team.yaml', team)
    // An enum of PostgreSQL is one object for all of its columns, elsewhere it is a check of each.
    const level = kind === 'postgres' ? [] : ['YAMA_CHECK_MERGED With open-level']
    for (const times of ['cold', 'cached']) expect(await told('open-level', 'open-note'), times).toEqual(level)
    expect(await made.json('check', '--base', 'main', '--with-branches', 'open-level', '--files-only')).toMatchObject({ ok: true })
    git('checkout', '-q', 'open-card')
    made.write('schema/user.yaml', user.replace('User:', 'Human:'))
    made.write('schema/card.yaml', card.replace('User?', 'Human?'))
    expect(await told('open-person')).toEqual(['YAMA_CHECK_TEXTS With open-person'])
  })
})
