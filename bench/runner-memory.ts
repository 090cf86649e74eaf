import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dropDatabase, emptyDatabase } from './databases.ts'
import { programme } from './measure.ts'
import { writeMigrations, yamaProgramme } from './peers.ts'
import { serverUrl } from './postgres-server.ts'
import { atMost, type Result } from './result.ts'

const NAME = 'yama_bench_memory'
const rss = new URL('max-rss.mjs', import.meta.url).href

/** The most resident memory of `yama up` in MB, for so many migrations. */
function upMemory(directory: string, url: string): number {
  const file = join(directory, 'rss')
  const given = yamaProgramme(['up', '--quiet'], directory, url)
  programme({ ...given, env: { ...given.env, NODE_OPTIONS: `--import=${rss}`, YAMA_BENCH_RSS: file } })
  return Number(readFileSync(file, 'utf8'))
}

/** An insert and an update each, so that the schema stays as small as it is. */
function writeRows(directory: string, count: number): void {
  mkdirSync(join(directory, 'migrations'))
  for (let index = 0; index < count; index++) {
    const n = String(index)
    const text =
      index === 0
        ? 'CREATE TABLE bench_rows (id int PRIMARY KEY, n int);\n'
        : `INSERT INTO bench_rows (id, n) VALUES (${n}, 0);\nUPDATE bench_rows SET n = n + 1 WHERE id = ${n};\n`
    writeFileSync(join(directory, 'migrations', `${n.padStart(6, '0')}_bench_${n}.sql`), text)
  }
}

const shapes = {
  rows: { write: writeRows, about: 'An insert and an update each, so that the schema stays small.' },
  tables: {
    write: writeMigrations,
    about: 'A table with 8 columns and an index each: most of it is the schema of so many tables, whose snapshot is kept after the run.',
  },
} as const

/** Resident memory of the command, 1,000 migrations against 10,000. */
export async function runnerMemory(small: number, large: number): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const kind of ['postgres', 'sqlite'] as const) {
    for (const [shape, { write, about }] of Object.entries(shapes)) {
      const used: number[] = []
      for (const count of [small, large]) {
        const directory = mkdtempSync(join(tmpdir(), 'yama-bench-'))
        write(directory, count)
        const url = kind === 'sqlite' ? `sqlite:${join(directory, 'bench.db')}` : await emptyDatabase('postgres', serverUrl, NAME)
        used.push(upMemory(directory, url))
        rmSync(directory, { recursive: true })
      }
      const [few = 0, many = 0] = used
      const perMigration = ((many - few) * 1024) / (large - small)
      results.push({
        title: `Resident memory of \`yama up\`, ${small.toLocaleString('en')} and ${large.toLocaleString('en')} migrations of ${shape}, ${kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'}`,
        about: `The most that the process took, as the system counts it, once each. ${about}`,
        rows: [
          { name: small.toLocaleString('en'), note: `${String(few)} MB` },
          { name: large.toLocaleString('en'), note: `${String(many)} MB, ${perMigration.toFixed(1)} kB for each more` },
        ],
        targets: [atMost(`${large.toLocaleString('en')} take at most 1.5 × the memory of ${small.toLocaleString('en')}`, many / few, 1.5)],
      })
    }
    if (kind === 'postgres') await dropDatabase('postgres', serverUrl, NAME)
  }
  return results
}
