import type { GraphNode } from '../contract/graph.ts'
import type { HistoryState } from '../contract/history.ts'
import type { MigrationId } from '../contract/migration.ts'
import { coreErrors } from '../errors/errors.ts'

/** Names before the colon that are no projects: what they would ask for, nothing here can tell. */
const RESERVED: ReadonlySet<string> = new Set(['flag', 'appVersion', 'app-version'])

export interface Requirement {
  /** Undefined: the migration's own project. */
  readonly project: string | undefined
  readonly id: MigrationId
}

/** `billing:m_1`, or `m_1` of the migration's own project. */
export function parseRequirement(text: string, ownProject: string): Requirement {
  const colon = text.indexOf(':')
  const [project, id] = colon < 0 ? ['', text.trim()] : [text.slice(0, colon).trim(), text.slice(colon + 1).trim()]
  return { project: project === '' || project === ownProject || project === 'migration' ? undefined : project, id }
}

/** The other projects whose history has to be asked for these migrations. */
export function requiredProjects(nodes: readonly GraphNode[], ownProject: string): readonly string[] {
  const projects = new Set<string>()
  for (const { migration } of nodes)
    for (const text of migration.requires) {
      const { project } = parseRequirement(text, ownProject)
      if (project !== undefined && !RESERVED.has(project)) projects.add(project)
    }
  return [...projects]
}

/**
 * Refuses a migration whose `requires` names what is neither applied nor earlier in the same run, YAMA_REQUIRES_MISSING, or what
 * nothing here can tell, YAMA_REQUIRES_UNKNOWN.
 */
export function refuseRequirements(
  chosen: readonly GraphNode[],
  {
    history,
    project,
    otherProjects,
  }: {
    readonly history: HistoryState
    readonly project: string
    readonly otherProjects?: ReadonlyMap<string, HistoryState> | undefined
  },
): void {
  if (!chosen.some(({ migration }) => migration.requires.length > 0 && migration.elsewhere !== true)) return
  const done = new Set(appliedNames(history))
  const others = new Map([...(otherProjects ?? [])].map(([name, state]) => [name, new Set(appliedNames(state))]))
  for (const { migration } of chosen) {
    const { id, name, file, requires, elsewhere, covers } = migration
    const position = { file, line: 1, column: 1 }
    for (const text of elsewhere === true ? [] : requires) {
      const wanted = parseRequirement(text, project)
      if (wanted.project !== undefined && RESERVED.has(wanted.project))
        throw coreErrors.YAMA_REQUIRES_UNKNOWN({ id, file, required: text }, { position })
      const set = wanted.project === undefined ? done : others.get(wanted.project)
      if (set?.has(wanted.id) !== true)
        throw coreErrors.YAMA_REQUIRES_MISSING({ id, file, required: wanted.id, project: wanted.project ?? project }, { position })
    }
    done.add(id).add(name)
    for (const original of covers ?? []) done.add(original.id)
  }
}

const appliedNames = ({ migrations }: HistoryState): readonly string[] =>
  migrations.filter(({ status }) => status === 'applied').flatMap(({ id, name, covers = [] }) => [id, name, ...covers])
