import { join } from 'node:path'
import { linkHash, type Dialect, type GraphNode, type ParentLink } from '@yama/core'
import { newMigrationId, nextMigrationName, parseSqlMigration, writeMigration, type WrittenStatement } from '@yama/core/files'
import { stateHash, type Action } from '@yama/schema'
import type { AuthoringProject } from '../project/authoring-project.ts'
import type { GenerateOptions } from './generate-options.ts'
import { describeWayBack } from './describe-way-back.ts'
import type { Generation } from './plan-generation.ts'
import { splitSegments } from './split-segments.ts'
import { toldActions } from './told-actions.ts'

export interface RenderedMigration {
  readonly id: string
  readonly name: string
  /** Absolute. */
  readonly path: string
  readonly text: string
}

/** The words `nothing to undo` make an empty Down one that is meant. */
const EARLIER_PART = 'Nothing to undo here: the Down of the last part brings everything back.'

/** The text of a change: one migration, or several where a commit has to come in between. The last one carries the way back. */
export function renderMigrations(
  project: AuthoringProject,
  generation: Generation,
  options: GenerateOptions,
  author: string | undefined,
): readonly RenderedMigration[] {
  const { nodes, before, after, up, down } = generation
  const segments = splitSegments(up.actions, after)
  const existing = nodes.map(({ migration }) => migration.name)
  const states = { before: stateHash(before), after: stateHash(after) }
  const rendered: RenderedMigration[] = []
  let parents: readonly ParentLink[] = headLinks(nodes)
  for (const [index, actions] of segments.entries()) {
    const last = index === segments.length - 1
    const words = options.name ?? (up.summary === '' ? 'change_schema' : up.summary)
    const name = nextMigrationName({
      existing: [...existing, ...rendered.map((migration) => migration.name)],
      action: segments.length > 1 ? `${words}_${index + 1}` : words,
      now: new Date(),
      ...(options.numbering === undefined ? {} : { numbering: options.numbering }),
    })
    const id = newMigrationId()
    const downComment = last ? describeWayBack(up.reversibility, down) : up.reversibility === 'irreversible' ? undefined : EARLIER_PART
    const text = writeMigration({
      id,
      parents,
      metadata: {
        description: options.description ?? describe(actions),
        ...(author === undefined ? {} : { author }),
        ...(options.ticket === undefined ? {} : { ticket: options.ticket }),
      },
      ...(segments.length === 1 ? { state: states } : {}),
      ...(options.phase === undefined ? {} : { phase: options.phase }),
      reversibility: last || up.reversibility === 'irreversible' ? up.reversibility : 'lossless',
      up: upStatements(actions, project.dialect),
      down: last && up.reversibility !== 'irreversible' ? down.actions.map((action) => statement(action, project.dialect)) : [],
      ...(downComment === undefined ? {} : { downComment }),
    })
    const path = join(project.migrationsDirectory, `${name}.sql`)
    rendered.push({ id, name, path, text })
    const { semanticHash } = parseSqlMigration(text, `${name}.sql`, project.dialect)
    parents = [
      {
        id,
        link: linkHash(
          semanticHash,
          parents.flatMap(({ link }) => (link === undefined ? [] : [link])),
        ),
      },
    ]
  }
  return rendered
}

/** All heads become parents: generating merges them. */
function headLinks(nodes: readonly GraphNode[]): readonly ParentLink[] {
  const inner = new Set(nodes.flatMap(({ parents }) => parents))
  return nodes.filter(({ migration }) => !inner.has(migration.id)).map(({ migration, link }) => ({ id: migration.id, link }))
}

/** Each change with its class, above the first of its statements. */
function upStatements(actions: readonly Action[], dialect: Dialect): readonly WrittenStatement[] {
  const classes = new Map(toldActions(actions).map(({ action, reversibility }) => [action, ` (way back: ${reversibility})`]))
  return actions.map((action) => statement(action, dialect, classes.get(action)))
}

/** Who compared both schemas knows more than the statement tells a plan. */
function statedText({ sql, loss, loses }: Action, dialect: Dialect): string {
  const seen = dialect.describeStatement(sql).loss
  if (loss === 'none') return seen === 'possible' ? `-- yama:loses nothing\n${sql}` : sql
  if (seen !== 'none') return sql
  return `-- yama:${loss === 'certain' ? 'loses' : 'may-lose'} ${(loses ?? 'data').replaceAll(/\s+/g, ' ')}\n${sql}`
}

const statement = (action: Action, dialect: Dialect, way = ''): WrittenStatement => ({
  text: statedText(action, dialect),
  comment: commentOf(action, way),
})

const commentOf = ({ title, loss, loses }: Action, way: string): string =>
  `${loss === 'none' ? title : `${title}: ${loss === 'certain' ? 'loses' : 'may lose'} ${loses ?? 'data'}`}${way}`

function describe(actions: readonly Action[]): string {
  const titles = [...new Set(toldActions(actions).map(({ action }) => action.title))]
  const shown = titles.slice(0, 3).join('; ')
  const text = titles.length > 3 ? `${shown}; and ${titles.length - 3} more` : shown
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
