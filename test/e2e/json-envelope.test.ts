import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { registry } from '../../packages/cli/src/program/registry.ts'
import { project, type Project } from './project.ts'

const entity = (fields: string): string => `version: 1\nentities:\n  User:\n    fields:\n      id: int! primary\n${fields}`
const NAME = '      name: string(80)!\n'

/** A command line, how it exits, and what is done in the project before. */
type Call = readonly [words: string, exit: number, before?: (made: Project) => void]

const git = (made: Project, ...words: readonly string[]): void => {
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main', ...words], {
    cwd: made.directory,
    stdio: 'ignore',
  })
}
const commit = (made: Project): void => {
  git(made, 'add', '-A')
  git(made, 'commit', '-m', 'change')
}
const byHand = (made: Project): void => {
  const [file] = made.list('migrations').filter((name) => name.endsWith('_by_hand.sql'))
  const path = `migrations/${file ?? 'missing'}`
  made.write(path, made.read(path).replace('-- +migrate Up\n', "-- +migrate Up\nINSERT INTO user (id, name) VALUES (7, 'b');\n"))
}

/** One project, in the order in which somebody could ask all of it. */
const STORY: readonly Call[] = [
  ['version', 0],
  ['explain YAMA_LOCK_BUSY', 0],
  ['completion bash', 0],
  ['init --dialect sqlite --no-install --no-example', 0],
  ['doctor', 0],
  ['schema', 0, (made) => made.write('schema/user.yaml', entity(NAME))],
  ['validate', 0],
  ['fmt', 0],
  ['generate start', 0],
  ['generate', 0],
  ['plan', 0],
  ['up', 0],
  ['up', 0],
  ['status', 0],
  ['history', 0],
  ['pin --reason moved', 64],
  ['pin', 64],
  ['verify', 0],
  ['tag released', 0],
  ['audit verify', 0],
  ['audit export --out log.jsonl', 0],
  ['lock', 0],
  ['lock release --reason none', 64],
  ['recover', 0],
  ['show user', 0],
  ['state export', 0],
  ['check', 0, (made) => (git(made, 'init'), commit(made))],
  [
    'generate more',
    0,
    (made) => (git(made, 'checkout', '-b', 'more'), made.write('schema/user.yaml', entity(`${NAME}      email: text? indexed\n`))),
  ],
  ['review --base main', 0, commit],
  ['graph', 0],
  ['why user', 0],
  ['diff entities migration:latest', 0],
  ['merge', 0],
  ['split more', 0],
  ['new by-hand', 0],
  ['rebase by-hand --onto more', 0, byHand],
  ['reorder by-hand --before more', 0],
  ['rename by-hand later', 0],
  ['drop later', 0],
  ['up', 0],
  ['drift', 0],
  ['drift baseline --reason none', 0],
  ['down', 0],
  ['repair rebuild-state --reason none', 64],
  ['seed', 0, (made) => made.write('seed.sql', "INSERT INTO user (id, name) VALUES (1, 'a') ON CONFLICT DO NOTHING;\n")],
  ['bundle', 0],
  ['port --to postgres --defaults', 0],
  ['pull', 0],
  ['squash --preview', 0],
  ['baseline', 0],
  ['reset', 4],
]

test('every command prints one envelope with --json, and exits as it says', { timeout: 180_000 }, async () => {
  using made = project({ 'package.json': '{ "name": "shop", "type": "module" }\n' })
  const asked = new Set<string>()
  for (const [words, exit, before] of STORY) {
    before?.(made)
    const [command = ''] = words.split(' ')
    const { code, stdout, stderr } = await made.yama([...words.split(' '), '--json'], { env: { DATABASE_URL: 'sqlite:./t.db' } })
    const envelope = parsed(stdout)
    expect.soft(envelope, `yama ${words} --json:\n${stdout}\n${stderr}`).toMatchObject({
      schemaVersion: 1,
      command,
      targets: expect.any(Array),
      ok: exit === 0,
      exitCode: exit,
      reason: expect.stringMatching(/./),
      decisions: expect.any(Array),
      diagnostics: expect.any(Array),
    })
    expect.soft(code, `yama ${words} --json`).toBe(exit)
    expect.soft(envelope, `yama ${words} --json`).toHaveProperty('data')
    asked.add(command)
  }
  expect([...asked].toSorted()).toEqual(Object.keys(registry).toSorted())
})

/** Nothing but one JSON document may stand on stdout. */
function parsed(stdout: string): unknown {
  try {
    return JSON.parse(stdout)
  } catch {
    return stdout
  }
}
