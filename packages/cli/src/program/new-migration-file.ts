import { join } from 'node:path'
import { buildGraph, type Phase } from '@yama/core'
import { newMigrationId, nextMigrationName, writeMigration } from '@yama/core/files'
import type { AuthoringProject } from '@yama/authoring'

export type MigrationFormat = 'sql' | 'yaml' | 'ts'

export interface NewMigration {
  readonly action: string
  readonly format: MigrationFormat
  /** Without a header, for a directory of plain files. */
  readonly plain: boolean
  readonly numbering?: 'timestamp' | 'sequential'
  readonly phase?: Phase
  readonly ticket?: string
}

export interface MigrationFile {
  readonly id: string
  readonly path: string
  readonly text: string
}

/** The text of an empty migration after the current heads. In a directory of plain files it is plain too, and takes its place by its name. */
export async function newMigrationFile(project: AuthoringProject, wanted: NewMigration): Promise<MigrationFile> {
  const graph = buildGraph(await project.migrations.load(project.scratch.signal))
  const nodes = graph.order()
  const name = nextMigrationName({
    existing: nodes.map(({ migration }) => migration.name),
    action: wanted.action,
    now: new Date(),
    ...(wanted.numbering === undefined ? {} : { numbering: wanted.numbering }),
  })
  const plain = wanted.plain || (wanted.format === 'sql' && nodes.length > 0 && nodes.every(({ migration }) => migration.headerless))
  const id = plain ? name : newMigrationId()
  const parents = graph.heads().map((head) => ({ id: head, link: graph.get(head)?.link ?? '' }))
  const texts = {
    sql: () =>
      plain
        ? `-- description: ${wanted.action}\n-- +migrate Up\n\n-- +migrate Down\n`
        : writeMigration({ id, parents, metadata: metadata(wanted), ...phase(wanted), up: [], down: [] }),
    yaml: () => yamlText(id, parents, wanted),
    ts: () => moduleText(id, parents, wanted),
  } satisfies Record<MigrationFormat, () => string>
  return { id, path: join(project.migrationsDirectory, `${name}.${wanted.format}`), text: texts[wanted.format]() }
}

type Parents = readonly { readonly id: string; readonly link: string }[]

const metadata = ({ action, ticket }: NewMigration): { readonly description: string; readonly ticket?: string } => ({
  description: action,
  ...(ticket === undefined ? {} : { ticket }),
})
const phase = (wanted: NewMigration): { readonly phase?: Phase } => (wanted.phase === undefined ? {} : { phase: wanted.phase })

function yamlText(id: string, parents: Parents, wanted: NewMigration): string {
  const list = parents.map((parent) => `${parent.id}@${parent.link}`).join(', ')
  const optional = [
    ...(wanted.phase === undefined ? [] : [`phase: ${wanted.phase}`]),
    ...(wanted.ticket === undefined ? [] : [`ticket: ${wanted.ticket}`]),
  ]
  return [
    `id: ${id}`,
    `parents: [${list}]`,
    `description: ${JSON.stringify(wanted.action)}`,
    ...optional,
    'up:',
    '  # - renameColumn: { table: users, from: name, to: full_name }',
    '  []',
    '',
  ].join('\n')
}

function moduleText(id: string, parents: Parents, wanted: NewMigration): string {
  const list = parents.map((parent) => `{ id: '${parent.id}', link: '${parent.link}' }`).join(', ')
  return [
    "import { defineMigration } from '@yama/cli'",
    '',
    'export default defineMigration({',
    `  id: '${id}',`,
    `  parents: [${list}],`,
    `  description: ${JSON.stringify(wanted.action)},`,
    ...(wanted.phase === undefined ? [] : [`  phase: '${wanted.phase}',`]),
    '  up: async ({ connection }) => {',
    "    await connection.execute('SELECT 1')",
    '  },',
    '  down: async ({ connection }) => {',
    "    await connection.execute('SELECT 1')",
    '  },',
    '})',
    '',
  ].join('\n')
}
