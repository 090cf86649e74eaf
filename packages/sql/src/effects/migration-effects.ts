import type { Migration, StatementEffects } from '@yama/core'
import { readAnnotations } from './read-annotations.ts'

/** One statement of a migration with what it reads and writes. */
export interface JudgedStatement {
  readonly text: string
  readonly found: StatementEffects
}

export interface JudgedMigration {
  readonly migration: Migration
  readonly statements: readonly JudgedStatement[]
}

/**
 * What every statement of the Ups does. What is not understood is what the file's `yama:reads` and `yama:writes` say, where it has any.
 */
export async function migrationEffects(
  migrations: readonly Migration[],
  effectsOf: (statements: readonly string[]) => Promise<readonly StatementEffects[]>,
): Promise<readonly JudgedMigration[]> {
  const texts = migrations.flatMap(({ up }) => up.flatMap((step) => (step.kind === 'sql' ? [step.text] : [])))
  const found = await effectsOf(texts)
  let next = 0
  return migrations.map((migration) => {
    const stated = readAnnotations(migration.body)
    const statements = migration.up.map((step): JudgedStatement => {
      const kind: string = step.kind
      const statement: JudgedStatement =
        step.kind === 'sql'
          ? { text: step.text, found: found[next++] ?? { effects: [], unknown: 'it was not read' } }
          : { text: `a step of the kind ${kind}`, found: { effects: [], unknown: `steps of the kind ${kind} are not read` } }
      if (statement.found.unknown === undefined || stated === undefined) return statement
      return { text: statement.text, found: { effects: [...statement.found.effects, ...stated] } }
    })
    return { migration, statements }
  })
}
