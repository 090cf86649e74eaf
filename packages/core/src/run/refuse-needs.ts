import type { YamaConfig } from '../contract/config.ts'
import type { Connection, Dialect } from '../contract/dialect.ts'
import type { Need } from '../contract/need.ts'
import type { PlannedMigration } from '../contract/plan.ts'
import { coreErrors } from '../errors/errors.ts'
import { compares, parseNeed } from '../plan/parse-need.ts'

interface Asked {
  /** For people: `migration 042_x`, `configuration`. */
  readonly who: string
  readonly file: string
  readonly need: Need
}

/**
 * Asks the server, and the place where the run is started, for what the migrations to apply, and the configuration, say they need.
 * Rejects with YAMA_NEEDS_MISSING for the first that is not there; `data` has all of them.
 */
export async function refuseNeeds(
  { dialect, needs: configured = [], answerLocalNeed }: Pick<YamaConfig, 'dialect' | 'needs' | 'answerLocalNeed'>,
  connection: Connection,
  planned: readonly PlannedMigration[],
): Promise<void> {
  const up = planned.filter(({ direction }) => direction === 'up')
  const asked: Asked[] =
    up.length === 0
      ? []
      : configured.map((text) => ({ who: 'the configuration', file: 'the configuration', need: parseNeed(text, 'the configuration') }))
  for (const { node } of up) {
    const { id, file, needs = [], elsewhere } = node.migration
    for (const text of elsewhere === true ? [] : needs) asked.push({ who: `the migration ${id}`, file, need: parseNeed(text, file) })
  }
  const missing: { readonly who: string; readonly file: string; readonly need: string; readonly found: string }[] = []
  // One that several migrations state is asked once.
  const answers = new Map<string, string | undefined>()
  for (const { who, file, need } of asked) {
    if (!answers.has(need.text)) answers.set(need.text, await lacking({ dialect, answerLocalNeed }, connection, need))
    const found = answers.get(need.text)
    if (found !== undefined) missing.push({ who, file, need: need.text, found })
  }
  const [first] = missing
  if (first === undefined) return
  const { who, need, found, file } = first
  throw coreErrors.YAMA_NEEDS_MISSING(
    { who, need, found },
    { data: missing, ...(file === 'the configuration' ? {} : { position: { file, line: 1, column: 1 } }) },
  )
}

/** What is there instead; undefined where the need is met. */
async function lacking(
  { dialect, answerLocalNeed }: { readonly dialect: Dialect; readonly answerLocalNeed: YamaConfig['answerLocalNeed'] },
  connection: Connection,
  need: Need,
): Promise<string | undefined> {
  const { server } = connection
  if (need.kind === 'tool' || need.kind === 'env') {
    const local = answerLocalNeed === undefined ? undefined : await answerLocalNeed(need)
    if (local?.kind === 'met') return undefined
    return local?.kind === 'missing' ? local.found : 'this program does not say what there is around it (`answerLocalNeed`)'
  }
  if (need.kind === 'server') {
    if (need.server !== 'server' && need.server !== server.kind) return undefined
    return compares(server.version, need.comparison, need.version) ? undefined : `the server is ${server.product}`
  }
  const answer = await dialect.answerNeed?.(connection, need)
  if (answer === undefined) return 'this dialect cannot tell'
  if (answer.kind === 'met') return undefined
  if (answer.kind === 'missing') return answer.found
  if (need.kind !== 'setting' || answer.value === undefined) return 'there is no such setting'
  return compares(answer.value, need.comparison, need.value) ? undefined : `it is ${answer.value}`
}
