import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { workplace, type Workplace } from '../history/command.ts'

/** What became of the branches of one repository. */
export interface RepositoryRun {
  readonly merged: number
  /** Git itself could not merge the texts. */
  readonly byGit: number
  /** The check said no, and main would have been broken. */
  readonly told: number
  /** The check said no, and main would have been whole with these rows. */
  readonly needless: number
  /** What broke main although the check had said yes. */
  readonly broken: readonly string[]
}

type Table = 'user' | 'post' | 'team'

interface Change {
  readonly kind: 'field' | 'index' | 'drop' | 'rename' | 'table' | 'level' | 'fill' | 'type'
  readonly table: Table
  readonly at: number
}

const FIELDS: Readonly<Record<Table, readonly string[]>> = {
  user: ['name', 'mail', 'age', 'city'],
  post: ['title', 'body', 'score', 'note'],
  team: ['label', 'place', 'size', 'motto'],
}
const capital = (name: string): string => `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`

const entity = (table: Table): string =>
  [
    'entities:',
    `  ${capital(table)}:`,
    '    fields:',
    '      id: int! primary',
    // Lines of their own between the fields, so that git merges changes of neighbours.
    ...FIELDS[table].flatMap((field) => [
      `      # ${field}`,
      '',
      `      ${field}: ${['age', 'score', 'size'].includes(field) ? 'int?' : 'string(50)?'}`,
      '',
    ]),
    '      level: Level?',
    '',
    '    indexes:',
    '      - fields: [level]',
    '',
  ].join('\n')

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom<Change['kind']>(
    'field',
    'field',
    'field',
    'index',
    'index',
    'table',
    'table',
    'drop',
    'rename',
    'level',
    'fill',
    'type',
  ),
  table: fc.constantFrom<Table>('user', 'post', 'team'),
  at: fc.nat(3),
})

/** Makes one branch's change in the files; what it cannot do any more it leaves. */
async function apply(made: Workplace, { kind, table, at }: Change, number: number): Promise<void> {
  const file = `schema/${table}.yaml`
  const text = made.read(file)
  const field = FIELDS[table][at] ?? 'id'
  const line = new RegExp(`^      ${field}: .*$`, 'm')
  const edited: Readonly<Record<Change['kind'], () => void>> = {
    field: () => made.write(file, text.replace(`      # ${field}\n`, `      # ${field}\n      extra${number}: string(20)?\n`)),
    index: () =>
      made.write(file, text.replace(/ {4}indexes:\n/, `    indexes:\n      - fields: [${line.test(text) ? field : 'level'}, id]\n`)),
    drop: () => made.write(file, text.replace(line, '')),
    rename: () =>
      made.write(
        file,
        text.replace(line, (found) => `      ${field}${number}: { type: "${found.trim().split(': ')[1] ?? ''}", was: ${field} }`),
      ),
    table: () =>
      made.write(
        `schema/part${number}.yaml`,
        `entities:\n  Part${number}:\n    fields:\n      id: int! primary\n      level: Level?\n      ${table}: ${capital(table)}?\n`,
      ),
    level: () => made.write('schema/level.yaml', made.read('schema/level.yaml').replace(']', `, level${number}]`)),
    fill: () => undefined,
    type: () => made.write(file, text.replace(line, `      ${field}: string(90)?`)),
  }
  edited[kind]()
  if (kind !== 'fill') {
    const generated = await made.json('generate', `change_${number}`, '--yes')
    if (!generated.ok) throw new Error(`${kind} of ${table}.${field}: ${JSON.stringify(generated.diagnostics)}`)
    return
  }
  const heads = (await made.json('graph')).data['heads'] as readonly string[]
  made.write(
    `migrations/2026020100${String(number).padStart(4, '0')}_fill.sql`,
    `-- id: m_fill${number}\n-- parents: ${heads.join(', ')}\n\n-- +migrate Up\nUPDATE ${table} SET level = 'low' WHERE level IS NULL;\n\n-- +migrate Down\nSELECT 1;\n`,
  )
}

/** Whether what is checked out is whole: files, a fresh database, and entities that say what the migrations build. */
async function problemOf(made: Workplace): Promise<string | undefined> {
  for (const name of ['fresh.db', 'fresh.db-wal', 'fresh.db-shm', 'fresh.db-journal']) rmSync(join(made.directory, name), { force: true })
  for (const words of [['check'], ['up', '--url', 'sqlite:./fresh.db']]) {
    const answer = await made.json(...words)
    if (!answer.ok) return `${words[0]}: ${answer.diagnostics.map(({ code, message }) => `${code} ${message}`).join('; ')}`
  }
  return undefined
}

/**
 * A repository whose branches are merged in random order, each after `yama check` against main and against the other open branches.
 * What the check refuses is merged too, to see whether it was right, and taken back.
 */
export async function mergedInRandomOrder(seed: number, branches: number): Promise<RepositoryRun> {
  using made = workplace({
    'schema/level.yaml': 'enums:\n  Level: [low, high]\n',
    ...Object.fromEntries((Object.keys(FIELDS) as Table[]).map((table) => [`schema/${table}.yaml`, entity(table)])),
    'yama.config.ts': "export default { dialect: 'sqlite' }\n",
    '.gitignore': '*.db*\n.yama\n',
  })
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', ...words], {
      cwd: made.directory,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const commit = (what: string): void => {
    git('add', '-A')
    git('commit', '-qm', what)
  }
  git('init', '-q', '-b', 'main')
  const based = await made.json('generate', 'base')
  if (!based.ok) throw new Error(JSON.stringify(based.diagnostics))
  commit('base')
  const [changes, order] = fc.sample(
    fc.tuple(
      fc.array(change, { minLength: branches, maxLength: branches }),
      fc.shuffledSubarray(
        Array.from({ length: branches }, (_, at) => at),
        { minLength: branches },
      ),
    ),
    { seed, numRuns: 1 },
  )[0]!
  for (const [number, each] of changes.entries()) {
    git('checkout', '-q', 'main')
    git('checkout', '-qb', `feature-${number}`)
    await apply(made, each, number)
    commit(`${each.kind} ${each.table}`)
  }
  const run = { merged: 0, byGit: 0, told: 0, needless: 0 }
  const broken: string[] = []
  for (const [index, number] of order.entries()) {
    git('checkout', '-q', `feature-${number}`)
    // The other branches are asked for now and then: each is checked against main before it is merged anyway.
    const others = index % 7 === 0 ? ['--with-branches', 'feature-*'] : []
    const said = await made.json('check', '--base', 'main', ...others)
    const refused = said.diagnostics.filter(
      ({ code, message }) => /^YAMA_(GRAPH|CHECK|REPLAY|ENTITY|YAML)/.test(code) && !message.startsWith('With feature-'),
    )
    const isRefused = !said.ok && refused.length > 0
    git('checkout', '-q', 'main')
    try {
      git('merge', '-q', '--no-ff', '-m', `merge ${number}`, `feature-${number}`)
    } catch {
      git('merge', '--abort')
      run.byGit += 1
      continue
    }
    const problem = await problemOf(made)
    if (problem !== undefined && !isRefused) broken.push(`seed ${seed}, branch ${number} (${JSON.stringify(changes[number])}): ${problem}`)
    if (isRefused) run[problem === undefined ? 'needless' : 'told'] += 1
    if (problem === undefined && !isRefused) run.merged += 1
    // Whoever is told solves it first; here the branch is left out.
    else git('reset', '-q', '--hard', 'HEAD~1')
  }
  return { ...run, broken }
}
