/**
 * A database of a PostgreSQL server behind PgBouncer in transaction mode: YAMA_TEST_PGBOUNCER_URL, which `npm test` sets where the
 * program is installed. Undefined, with a warning, where there is none.
 *
 * @example describe.skipIf(pgbouncerUrl() === undefined)('through a pooler', () => { … })
 */
export function pgbouncerUrl(environment: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const url = environment['YAMA_TEST_PGBOUNCER_URL']
  if (url !== undefined && url !== '') return url
  console.warn('no PgBouncer: tests through a transaction pooler are skipped (YAMA_TEST_PGBOUNCER_URL names one; Debian: pgbouncer)')
  return undefined
}
