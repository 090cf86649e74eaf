import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Programme } from './measure.ts'

const home = fileURLToPath(new URL('peers/', import.meta.url))
export const yamaBin = fileURLToPath(process.env['YAMA_BENCH_COMMAND'] ?? new URL('../packages/cli/dist/bin.js', import.meta.url))

const manifest = (file: string): { readonly version?: string; readonly dependencies?: Readonly<Record<string, string>> } =>
  JSON.parse(readFileSync(file, 'utf8')) as { version?: string; dependencies?: Record<string, string> }

/** Names and versions of the peers that are installed; npm installs them where they are not. */
export function installPeers(): Readonly<Record<string, string>> {
  const wanted = manifest(join(home, 'package.json')).dependencies ?? {}
  const installed = (name: string): string | undefined => {
    const file = join(home, 'node_modules', name, 'package.json')
    return existsSync(file) ? manifest(file).version : undefined
  }
  if (Object.entries(wanted).some(([name, version]) => installed(name) !== version)) {
    const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: home, stdio: 'inherit' })
    if (status !== 0) console.warn('npm could not install the peers: what is not there is left out')
  }
  return Object.fromEntries(
    Object.keys(wanted).flatMap((name) => (installed(name) === undefined ? [] : [[name, installed(name) as string]])),
  )
}

export type Tool = 'knex' | 'kysely' | 'drizzle' | 'node-pg-migrate' | 'dbmate'
const packages: Readonly<Record<Tool, string>> = {
  knex: 'knex',
  kysely: 'kysely',
  drizzle: 'drizzle-orm',
  'node-pg-migrate': 'node-pg-migrate',
  dbmate: 'dbmate',
}
export const toolsOf = (installed: Readonly<Record<string, string>>): readonly Tool[] =>
  (Object.keys(packages) as Tool[]).filter((tool) => installed[packages[tool]] !== undefined)

export const floorProgramme = (url: string): Programme => ({ command: ['node', join(home, 'migrate.mjs'), 'floor', 'up', '', url] })

export function yamaProgramme(command: readonly string[], directory: string, url: string): Programme {
  return { command: ['node', yamaBin, ...command], cwd: directory, env: { DATABASE_URL: url } }
}

/** The tool's own way to apply what is pending, or to say what is applied. */
export function toolProgramme(tool: Tool, command: 'up' | 'status', directory: string, url: string): Programme {
  const own = join(directory, tool)
  if (tool === 'dbmate') {
    const without = `${url}${url.includes('?') ? '&' : '?'}sslmode=disable`
    return {
      command: [
        join(home, 'node_modules/@dbmate', `${process.platform}-${process.arch}`, 'bin/dbmate'),
        '--url',
        without,
        '--migrations-dir',
        own,
        '--no-dump-schema',
        command,
      ],
    }
  }
  return { command: ['node', join(home, 'migrate.mjs'), tool, command, own, url] }
}

const table = (n: number): readonly string[] => [
  `CREATE TABLE bench_${n} (id bigint PRIMARY KEY, name text NOT NULL, email text, age integer, active boolean NOT NULL DEFAULT true, score integer DEFAULT 0, note text, created_at text NOT NULL)`,
  `CREATE INDEX bench_${n}_email_idx ON bench_${n} (email)`,
]

/** The same migrations, each tool's files in a folder of its name; Yama's in `migrations`. */
export function writeMigrations(directory: string, count: number): void {
  const write = (folder: string, name: string, text: string): void => writeFileSync(join(directory, folder, name), text)
  for (const folder of ['migrations', 'knex', 'kysely', 'drizzle/meta', 'node-pg-migrate', 'dbmate'])
    mkdirSync(join(directory, folder), { recursive: true })
  const entries: object[] = []
  for (let n = 1; n <= count; n++) {
    const stem = `${String(20_200_101_000_000 + n)}_bench_${n}`
    const [create = '', index = ''] = table(n)
    const up = `${create};\n${index};\n`
    const down = `DROP TABLE bench_${n};\n`
    write('migrations', `${stem}.sql`, `-- +migrate Up\n${up}\n-- +migrate Down\n${down}`)
    write('kysely', `${stem}.sql`, up)
    write('dbmate', `${stem}.sql`, `-- migrate:up\n${up}\n-- migrate:down\n${down}`)
    write('node-pg-migrate', `${stem}.sql`, `-- Up Migration\n${up}\n-- Down Migration\n${down}`)
    write(
      'knex',
      `${stem}.mjs`,
      `export const up = (knex) => knex.raw(${JSON.stringify(up)})\nexport const down = (knex) => knex.raw(${JSON.stringify(down)})\n`,
    )
    write('drizzle', `${stem}.sql`, `${create};--> statement-breakpoint\n${index};\n`)
    entries.push({ idx: n - 1, version: '7', when: n, tag: stem, breakpoints: true })
  }
  write('drizzle/meta', '_journal.json', JSON.stringify({ version: '7', dialect: 'postgresql', entries }))
}
