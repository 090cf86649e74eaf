import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { EventRow, MigrationRow, StoredMigration, Yama } from '@yama/core'
import { parseSqlMigration, writeWhole } from '@yama/core/files'
import { cliErrors } from '../errors/errors.ts'
import { header } from '../output/header.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CommandOutcome } from '../program/command.ts'
import { shownPath } from '../program/load-project.ts'
import { migrationSource } from '../program/migration-source.ts'

interface Lost {
  readonly row: MigrationRow
  readonly files: readonly { readonly path: string; readonly text: string }[]
}

/**
 * Writes migrations whose files are gone back from the text that the database keeps, under the same names. Named ones also where
 * a file is there; a file that says something else is never overwritten without `--force`. What was written is read again, and
 * its hash compared with what was applied.
 */
export async function pullHistory(context: CliContext, named: readonly string[], force: boolean): Promise<CommandOutcome> {
  const yama = await context.yama([], { withoutFiles: true })
  const { migrations } = (await yama.status()).history
  const present = migrations.filter(({ status }) => status !== 'reverted')
  const unknown = named.find((name) => !present.some((row) => answersTo(row, name)))
  if (unknown !== undefined)
    throw cliErrors.YAMA_CLI_USAGE({ problem: `No applied migration is ${unknown}.`, next: '`yama status` lists what is applied.' })
  const there = await loaded(context)
  const wanted = present.filter((row) => (named.length === 0 ? !there.has(row.id) : named.some((name) => answersTo(row, name))))
  const lost: Lost[] = []
  const withoutText: string[] = []
  for (const row of wanted) {
    const stored = await yama.stored(row.id)
    if (stored === undefined) withoutText.push(row.name)
    else lost.push({ row, files: await filesOf(context, yama, stored) })
  }
  const written = await write(context, lost, force)
  const hashes = await loaded(context)
  const checked = lost.map(({ row, files }) => ({
    id: row.id,
    files: files.map(({ path }) => path),
    hash: hashes.get(row.id)?.semantic !== row.semanticHash ? 'differs' : hashes.get(row.id)?.raw === row.rawHash ? 'same' : 'same meaning',
  }))
  const wrong = checked.some(({ hash }) => hash === 'differs')
  const marks = {
    same: 'every byte as applied',
    'same meaning': 'means what was applied',
    differs: context.color.red('is not what was applied'),
  }
  const lines = [
    ...checked.map(
      ({ files, hash }) =>
        `  ${files.map((file) => `${written.has(file) ? 'wrote' : 'kept'} ${file}`).join(', ')}: ${marks[hash as keyof typeof marks]}`,
    ),
    ...withoutText.map((name) => `  ${context.color.red(name)}: the database keeps no text of it`),
  ]
  return {
    data: { written: [...written], migrations: checked, withoutText },
    text: [await header(context), ...(lines.length === 0 ? ['Every applied migration has its file.'] : lines)].join('\n'),
    exitCode: wrong || withoutText.length > 0 ? 10 : 0,
    reason: wrong ? 'a file is not what was applied' : withoutText.length > 0 ? 'no text is kept of a migration' : 'ok',
  }
}

const answersTo = ({ id, name, version }: MigrationRow, text: string): boolean =>
  id === text || name === text || (version !== '' && version === text)

async function loaded(context: CliContext): Promise<ReadonlyMap<string, { readonly raw: string; readonly semantic: string }>> {
  const { environment, dialect } = await context.database()
  const migrations = await migrationSource(await context.project(), dialect, environment.name).load(context.signal)
  return new Map(migrations.map(({ id, rawHash, semanticHash }) => [id, { raw: rawHash, semantic: semanticHash }]))
}

const EXTENSIONS: Readonly<Record<string, string>> = { sql: '.sql', yaml: '.yaml', code: '.ts', merge: '.sql', repeatable: '.sql' }

/** The files of a migration under the names that it was applied from; the log knows them. */
async function filesOf(context: CliContext, yama: Yama, stored: StoredMigration): Promise<Lost['files']> {
  const { row, body, downBody } = stored
  const project = await context.project()
  const { dialect } = await context.database()
  const own = relative(project.root, project.migrationsDirectory).split(sep).join('/')
  const told = lastFile(await yama.history({ migrationIds: [row.id] }))
  const path = told ?? `${own}/${row.name}${EXTENSIONS[row.kind] ?? '.sql'}`
  // What a database says is not trusted with places on this machine.
  const target = resolve(project.root, path)
  if (!target.startsWith(project.migrationsDirectory + sep)) throw cliErrors.YAMA_HISTORY_PULL_PLACE({ file: path, directory: own })
  const up = { path: shownPath(project.root, target), text: body }
  const backPath = up.path.replace(/(^|[._/])up((?:\.\w+)*\.sql)$/i, '$1down$2')
  const isPair = backPath !== up.path && downBody !== undefined && parseSqlMigration(body, up.path, dialect).down === undefined
  return isPair ? [up, { path: backPath, text: downBody }] : [up]
}

const lastFile = (events: readonly EventRow[]): string | undefined => {
  const found = events.findLast(({ payload }) => typeof payload['file'] === 'string')?.payload['file']
  return typeof found === 'string' ? found : undefined
}

async function write(context: CliContext, lost: readonly Lost[], force: boolean): Promise<ReadonlySet<string>> {
  const { root } = await context.project()
  const files = lost.flatMap((migration) => migration.files)
  const differing = new Set<string>()
  for (const { path, text } of files) {
    const before = await existing(join(root, path))
    if (before !== undefined && !force && before !== text) throw cliErrors.YAMA_HISTORY_PULL_EXISTS({ file: path })
    if (before !== text) differing.add(path)
  }
  for (const { path, text } of files) {
    if (!differing.has(path)) continue
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeWhole(join(root, path), text)
  }
  return differing
}

async function existing(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
