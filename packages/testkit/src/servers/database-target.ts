/** A database that tests can run on; the shape `describe.each` prints by `$name`. */
export interface DatabaseTarget {
  /** For titles: `PostgreSQL 18`, `PGlite`, `MySQL 9`, `MariaDB 10.11`. */
  readonly name: string
  readonly driver: 'pg' | 'pglite' | 'mysql2'
  /** Major version of the server; undefined for PGlite, whose version comes with the package. */
  readonly major: number | undefined
  /** For `pg` a maintenance database, for `mysql2` no database, both with the right to create others; for PGlite the marker `pglite:memory`. */
  readonly url: string
}
