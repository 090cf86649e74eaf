import type { ErrorSpec } from '@yama/core'

/** Every code of every first-party package; loaded only when an error has to be explained. */
export async function catalogue(): Promise<ReadonlyMap<string, ErrorSpec>> {
  const [core, sql, schema, sqlite, postgres, mysql, yaml, authoring, review, drift, cli] = await Promise.all([
    import('@yama/core'),
    import('@yama/sql'),
    import('@yama/schema'),
    import('@yama/sqlite'),
    import('@yama/postgres'),
    import('@yama/mysql'),
    import('@yama/source-yaml'),
    import('@yama/authoring'),
    import('@yama/review'),
    import('@yama/drift'),
    import('./errors.ts'),
  ])
  const specs: readonly Readonly<Record<string, ErrorSpec>>[] = [
    core.coreErrors.specs,
    sql.sqlErrors.specs,
    schema.schemaErrors.specs,
    sqlite.sqliteErrors.specs,
    postgres.postgresErrors.specs,
    mysql.mysqlErrors.specs,
    yaml.sourceYamlErrors.specs,
    authoring.authoringErrors.specs,
    review.reviewErrors.specs,
    drift.driftErrors.specs,
    cli.cliErrors.specs,
  ]
  return new Map(specs.flatMap((list) => Object.entries(list)))
}
