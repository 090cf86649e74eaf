import type { DatabaseKind } from '../../contract/dialect.ts'
import type { Source } from '../../contract/graph.ts'
import type { Migration, Step } from '../../contract/migration.ts'
import type { YamaError } from '../../errors/yama-error.ts'
import { combineProblems } from '../problems.ts'
import { fillStatement } from './fill-statement.ts'
import type { PlaceholderOptions } from './placeholder-options.ts'

/**
 * Fills `${name}` in the SQL statements of migrations. Hashes and stored texts stay those of the file, so another value changes
 * no migration; the digest of a plan covers what is filled in. `\${name}` and `$${name}` are `${name}`. Throws
 * YAMA_PLACEHOLDER_UNKNOWN, or YAMA_SOURCE_INVALID for several.
 *
 * @example fillPlaceholders(await source.load(), 'postgres', { values: { schema: 'app' } })
 */
export function fillPlaceholders(
  migrations: readonly Migration[],
  kind: DatabaseKind,
  options: PlaceholderOptions | undefined,
): readonly Migration[] {
  if (options === undefined) return migrations
  const problems: YamaError[] = []
  const filled = migrations.map((migration): Migration => {
    const up = fillSteps(migration.up, kind, options, problems)
    const down = migration.down === undefined ? undefined : fillSteps(migration.down, kind, options, problems)
    if (up === migration.up && down === migration.down) return migration
    // Texts that are read when somebody asks for them stay so.
    const same = Object.getOwnPropertyDescriptors(migration)
    const changed = { up: { value: up, enumerable: true }, ...(down === undefined ? {} : { down: { value: down, enumerable: true } }) }
    return Object.freeze(Object.defineProperties({}, { ...same, ...changed })) as Migration
  })
  if (problems.length > 0) throw combineProblems(problems, 'the migrations')
  return filled
}

/** The steps with their placeholders filled in; the same list where there are none. */
export function fillSteps(steps: readonly Step[], kind: DatabaseKind, options: PlaceholderOptions, problems: YamaError[]): readonly Step[] {
  if (!steps.some((step) => step.kind === 'sql' && step.text.includes('${'))) return steps
  return steps.map((step) => (step.kind === 'sql' ? fillStatement(step, kind, options, problems) : step))
}

/**
 * A source whose statements have their placeholders filled in; see `fillPlaceholders`.
 *
 * @example withPlaceholders(migrationFiles({ directory, root, dialect }), 'postgres', { values: { schema: 'app' } })
 */
export function withPlaceholders(source: Source, kind: DatabaseKind, options: PlaceholderOptions | undefined): Source {
  return options === undefined
    ? source
    : { name: source.name, load: async (signal) => fillPlaceholders(await source.load(signal), kind, options) }
}
