/*
 * Reads every statement of the migration directories and schemas of real projects, and prints how many of them Yama cannot
 * tell the effects of, with the reasons: `YAMA_CORPUS_DIR=… pnpm effects [postgres|mysql|sqlite]`. `--write` puts it into docs/reference/effects.md.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Dialect } from '@yama/core'
import { mysql } from '@yama/mysql'
import { postgres } from '@yama/postgres'
import { sqlite } from '@yama/sqlite'
import type { CorpusSet } from '../test/corpus/corpus-set.ts'
import { mysqlSets } from '../test/corpus/mysql-sets.ts'
import { postgresSets } from '../test/corpus/postgres-sets.ts'
import { sqliteSets } from '../test/corpus/sqlite-sets.ts'

interface Count {
  readonly dialect: string
  readonly set: string
  readonly statements: number
  readonly unknown: readonly { readonly text: string; readonly why: string }[]
}

const root = process.env['YAMA_CORPUS_DIR']
if (root === undefined) {
  console.error('YAMA_CORPUS_DIR is not set: it names the directory with the schemas of real projects.')
  process.exit(1)
}
const words = process.argv.slice(2)
const only = words.find((word) => !word.startsWith('-'))

const plans: readonly { readonly dialect: Dialect; readonly sets: readonly CorpusSet[] }[] = [
  { dialect: postgres({ url: 'postgres://localhost/none' }), sets: postgresSets(root) },
  { dialect: mysql({ url: 'mysql://localhost/none' }), sets: mysqlSets(root, 'mysql') },
  { dialect: sqlite({ url: 'sqlite::memory:' }), sets: sqliteSets(root) },
].filter(({ dialect }) => only === undefined || dialect.kind === only)

function filesOf({ load }: CorpusSet): readonly string[] {
  if (load.by === 'files') return load.files
  return readdirSync(load.directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => join(load.directory, name))
}

/** Statements as the splitter gives them; a file that only another tool can read counts as one unknown statement. */
function statementsOf(dialect: Dialect, set: CorpusSet): readonly string[] {
  const edit = set.load.by === 'files' ? (set.load.edit ?? ((text: string) => text)) : (text: string) => text
  return filesOf(set).flatMap((file) => {
    const text = edit(readFileSync(file, 'utf8').replaceAll(/^\\.*$/gm, ''))
    try {
      return dialect.splitStatements(text).map((statement) => statement.text)
    } catch (error) {
      return [`${file}: ${error instanceof Error ? error.message : String(error)}`]
    }
  })
}

const counts: Count[] = []
let milliseconds = 0
for (const { dialect, sets } of plans) {
  const judge = await dialect.commutativity?.()
  if (judge === undefined) continue
  for (const set of sets) {
    const statements = statementsOf(dialect, set)
    const start = performance.now()
    const found = await judge.effectsOf(statements)
    milliseconds += performance.now() - start
    const unknown = found.flatMap((effects, index) =>
      effects.unknown === undefined ? [] : [{ text: statements[index] ?? '', why: effects.unknown }],
    )
    counts.push({ dialect: dialect.kind, set: set.name, statements: statements.length, unknown })
    for (const { text, why } of unknown) console.log(`  ${dialect.kind} ${set.name}: ${why}: ${text.replaceAll(/\s+/g, ' ').slice(0, 120)}`)
  }
}

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`)
const sum = (list: readonly Count[]): readonly [statements: number, unknown: number] => [
  list.reduce((total, { statements }) => total + statements, 0),
  list.reduce((total, { unknown }) => total + unknown.length, 0),
]
const lines: string[] = []
for (const kind of new Set(counts.map(({ dialect }) => dialect))) {
  const [statements, unknown] = sum(counts.filter(({ dialect }) => dialect === kind))
  lines.push(`| ${kind} | ${statements} | ${unknown} | ${percent(unknown, statements)} |`)
}
const [statements, unknown] = sum(counts)
lines.push(`| all | ${statements} | ${unknown} | ${percent(unknown, statements)} |`)
console.log(`\n${lines.join('\n')}\n${Math.round((1000 * statements) / milliseconds)} statements a second`)
if (words.includes('--write')) {
  const page = [
    '# Statements whose effects are known',
    '',
    `\`pnpm effects\`, ${new Date().toISOString().slice(0, 10)}: every statement of the schemas and migration directories of real projects.`,
    'What is unknown conflicts with everything, until the file says what it reads and writes.',
    '',
    '| Dialect | Statements | Unknown | Share |',
    '|---|---|---|---|',
    ...lines,
    '',
    '## The unknown ones, by reason',
    '',
    ...reasons(),
    '',
  ]
  writeFileSync(join(resolve(import.meta.dirname, '..'), 'docs/reference/effects.md'), page.join('\n'))
}
process.exitCode = unknown / Math.max(1, statements) < 0.01 ? 0 : 1

function reasons(): readonly string[] {
  const byReason = new Map<string, number>()
  for (const { dialect, unknown: list } of counts)
    for (const { why } of list) byReason.set(`${dialect}: ${why}`, (byReason.get(`${dialect}: ${why}`) ?? 0) + 1)
  return [...byReason].sort(([, a], [, b]) => b - a).map(([why, count]) => `- ${count} × ${why}`)
}
