import { createYama, type Dialect, type Migration } from '@yama/core'
import { memorySource, sqlMigration } from '@yama/testkit/faults'

const pad = (index: number): string => String(index).padStart(6, '0')

/** `tables`: one with eight columns and an index each. `rows`: what every server can roll back, an insert and an update each. */
export type SmallKind = 'tables' | 'rows'

/** Small migrations, each one transaction where the server can. */
export function smallMigrations(kind: SmallKind, count: number): readonly Migration[] {
  const first = kind === 'rows' ? [sqlMigration({ id: `${pad(0)}_bench`, up: 'CREATE TABLE bench_rows (id int PRIMARY KEY, n int)' })] : []
  const others = Array.from({ length: count }, (_, index) => {
    const n = String(index + 1)
    const up =
      kind === 'rows'
        ? [`INSERT INTO bench_rows (id, n) VALUES (${n}, 0)`, `UPDATE bench_rows SET n = n + 1 WHERE id = ${n}`]
        : [
            `CREATE TABLE bench_${n} (id bigint PRIMARY KEY, name varchar(80) NOT NULL, email varchar(80), age integer, active boolean NOT NULL DEFAULT true, score integer DEFAULT 0, note varchar(200), created_at varchar(40) NOT NULL)`,
            `CREATE INDEX bench_${n}_email_idx ON bench_${n} (email)`,
          ]
    return sqlMigration({ id: `${pad(index + 1)}_bench_${n}`, up })
  })
  return [...first, ...others]
}

/** Plans and applies what is pending; rejects where that is not everything. */
export async function applySmall(dialect: Dialect, migrations: readonly Migration[]): Promise<void> {
  await using yama = createYama({ dialect, sources: [memorySource(migrations)] })
  const report = await yama.apply(await yama.plan({ up: 'latest' }))
  if (report.applied.length !== migrations.length) throw new Error('not everything was applied')
}
