import type { Migration, SqlStep } from '@yama/core'
import { writeMigration } from '@yama/core/files'

/** What a new file takes from the migrations that it is made of. */
export type MigrationParts = Pick<
  Migration,
  'id' | 'parents' | 'metadata' | 'phase' | 'transaction' | 'requires' | 'appliesTo' | 'reversibility' | 'needs'
> & {
  readonly up: readonly SqlStep[]
  readonly down?: readonly SqlStep[] | undefined
  /** The texts that it is made of: what they state about themselves for Yama is kept. */
  readonly bodies: readonly string[]
}

/** The file of a migration that was split or put together. */
export function migrationText({ up, down, appliesTo, reversibility, needs, transaction, bodies, ...rest }: MigrationParts): string {
  // How a statement is read is said in the statement itself.
  const stated = [
    ...new Set(bodies.flatMap((body) => [...body.matchAll(/^\s*--\s*(yama:(?!sql-mode\b)\S.*)$/gm)].map(([, line = '']) => line.trim()))),
  ]
  return writeMigration({
    ...rest,
    transaction: transaction.up,
    ...(appliesTo === undefined ? {} : { appliesTo }),
    ...(reversibility === undefined ? {} : { reversibility }),
    ...(needs === undefined ? {} : { needs }),
    up: up.map(({ text }, index) => ({ text, ...(index > 0 || stated.length === 0 ? {} : { comment: stated.join('\n') }) })),
    ...(down === undefined ? {} : { down: down.map(({ text }) => ({ text })) }),
  })
}
