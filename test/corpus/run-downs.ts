import { createYama, YamaError, type Yama } from '@yama/core'
import { migrationFiles } from '@yama/core/files'
import type { Database } from './databases.ts'

/** What became of the ways back of a directory. */
export interface Downs {
  readonly reverted: number
  /** Migrations without a way back in their files. */
  readonly none: readonly string[]
  /** `name: what the database said`, for downs that were broken when they were written. */
  readonly broken: readonly string[]
}

/** Reverts everything that is applied, newest first. What cannot be reverted is marked as reverted, so that the next one gets its turn. */
export async function runDowns(database: Database, directory: string, skip: readonly string[] = []): Promise<Downs> {
  const { dialect } = database
  await using yama = createYama({
    dialect,
    sources: [migrationFiles({ directory, root: directory, dialect, skip })],
    skip,
    environment: { name: 'dev' },
  })
  const none: string[] = []
  const broken: string[] = []
  let reverted = 0
  for (const { id, name } of (await yama.status()).applied.toReversed()) {
    const failure = await revertOne(yama)
    if (failure === undefined) {
      reverted += 1
      continue
    }
    if (failure.code === 'YAMA_DOWN_MISSING') none.push(name)
    else broken.push(`${name}: ${String(failure.details['reason'] ?? failure.message).split('\n')[0]}`)
    await yama.repair('mark-reverted', id, { reason: 'its way back is broken in the original' })
  }
  return { reverted, none, broken }
}

async function revertOne(yama: Yama): Promise<YamaError | undefined> {
  try {
    const plan = await yama.plan({ down: 1 })
    await yama.apply(plan, { confirm: plan.digest })
    return undefined
  } catch (error) {
    if (YamaError.is(error)) return error
    throw error
  }
}
