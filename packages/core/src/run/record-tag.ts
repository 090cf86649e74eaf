import type { MigrationId } from '../contract/migration.ts'
import type { Tag } from '../contract/run.ts'
import type { YamaConfig } from '../contract/config.ts'
import { coreErrors } from '../errors/errors.ts'
import { refuseEnvironment } from '../plan/refuse-plan.ts'
import { readTags, resolveTargets } from '../plan/resolve-targets.ts'
import { createJournal } from './journal.ts'
import { projectStatus, type LoadedProject } from './load-project.ts'
import type { Locked } from './session.ts'
import { writeLocked } from './write-locked.ts'

const NAME = /^[A-Za-z0-9][\w./-]{0,99}$/
/** Words that mean something else as a target. */
const TAKEN: ReadonlySet<string> = new Set(['base', 'head', 'latest', 'last'])

/** Binds a name to heads of the graph, or takes it away; an event either way. */
export async function recordTag(
  config: YamaConfig,
  locked: Locked,
  project: LoadedProject,
  name: string,
  { at, force, remove }: { readonly at?: string; readonly force?: boolean; readonly remove?: boolean },
): Promise<Tag> {
  const { state } = locked
  refuseEnvironment(state, config.environment?.name)
  if (!NAME.test(name) || TAKEN.has(name)) throw coreErrors.YAMA_TAG_NAME({ name })
  const present = readTags(state).get(name)
  if (remove === true && present === undefined) throw coreErrors.YAMA_TARGET_TAG({ name, suggestion: '' })
  if (present !== undefined && remove !== true && force !== true)
    throw coreErrors.YAMA_TAG_EXISTS({ name, heads: present.join(', ') || 'base' })
  const heads: readonly MigrationId[] =
    remove === true ? (present ?? []) : at === undefined ? projectStatus(project, state).heads : resolveTargets(at, project.graph, state)
  const payload = { name, heads, ...(remove === true ? { removed: true } : {}), ...(present === undefined ? {} : { before: present }) }
  const value = remove === true ? '' : JSON.stringify(heads)
  await writeLocked(
    locked,
    createJournal(state, locked.actor),
    [{ write: 'meta', key: `tag:${name}`, value }],
    [{ type: 'tagged', payload }],
  )
  return { name, heads }
}
