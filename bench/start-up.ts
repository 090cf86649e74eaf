import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { interleaved, programme, ratio } from './measure.ts'
import { floorProgramme, toolProgramme, toolsOf, writeMigrations, yamaBin, yamaProgramme, type Tool } from './peers.ts'
import { databaseUrl, dropDatabase, freshDatabase } from './postgres-server.ts'
import { atMost, rowsOf, type Result } from './result.ts'

const CONFIG = `import { defineConfig } from '@yama/cli'\nexport default defineConfig({ environments: { default: { url: 'env:DATABASE_URL' } } })\n`

/** Starting: the version, and `status` and `up` where 1,000 migrations are applied and nothing is to do. */
export async function startUp(rounds: number, installed: Readonly<Record<string, string>>): Promise<readonly Result[]> {
  const versions = await interleaved(rounds, {
    'yama --version': () => programme({ command: ['node', yamaBin, '--version'] }),
    'node -e 0': () => programme({ command: ['node', '-e', '0'] }),
  })
  const version: Result = {
    title: 'Start-up',
    about: `The built command, ${rounds} interleaved rounds.`,
    rows: rowsOf(versions, 'yama --version'),
    targets: [atMost('`yama --version` at most 1.5 × `node -e 0` (wall)', ratio(versions, 'yama --version', 'node -e 0', 'wall'), 1.5)],
  }
  const directory = mkdtempSync(join(tmpdir(), 'yama-bench-'))
  const configured = mkdtempSync(join(tmpdir(), 'yama-bench-'))
  for (const each of [directory, configured]) writeMigrations(each, 1000)
  writeFileSync(join(configured, 'yama.config.ts'), CONFIG)
  const tools: Tool[] = []
  const database = (name: string): string => `yama_bench_${name.replaceAll('-', '_')}`
  const url = await freshDatabase(database('yama'))
  programme(yamaProgramme(['up'], directory, url))
  programme(yamaProgramme(['status'], configured, url))
  for (const tool of toolsOf(installed)) {
    try {
      programme(toolProgramme(tool, 'up', directory, await freshDatabase(database(tool))))
      tools.push(tool)
    } catch (error) {
      // What runs 1,000 migrations in one transaction needs more locks than a server with other work may have.
      console.warn(`${tool} could not apply the migrations and is left out: ${String(error)}`)
    }
  }
  const peers = (command: 'up' | 'status', chosen: readonly string[]): Record<string, () => ReturnType<typeof programme>> =>
    Object.fromEntries(
      tools
        .filter((tool) => chosen.includes(tool))
        .map((tool) => [tool, () => programme(toolProgramme(tool, command, directory, databaseUrl(database(tool))))]),
    )
  const compared = async (command: 'status' | 'up', withConfig: string, chosen: readonly string[]) =>
    await interleaved(rounds, {
      [`yama ${command}`]: () => programme(yamaProgramme([command], directory, url)),
      [withConfig]: () => programme(yamaProgramme([command], configured, url)),
      'Node + pg + select 1': () => programme(floorProgramme(url)),
      ...peers(command, chosen),
    })
  const results: Result[] = [version]
  for (const [command, chosen] of [
    ['status', ['knex', 'kysely', 'dbmate']],
    ['up', tools],
  ] as const) {
    const withConfig = `yama ${command} with yama.config.ts`
    const samples = await compared(command, withConfig, chosen)
    const [plain, config] = [`yama ${command}`, withConfig].map((name) => ratio(samples, name, 'Node + pg + select 1', 'wall'))
    results.push({
      title: command === 'status' ? '`yama status`, 1,000 applied' : '`yama up`, 1,000 applied, nothing to do',
      about: `PostgreSQL on the same machine, ${rounds} interleaved rounds. The cache of unchanged files is warm, as it is after any first command.`,
      rows: rowsOf(samples, `yama ${command}`),
      targets: [
        atMost(`\`yama ${command}\` at most 1.7 × Node + \`pg\` + \`select 1\` (wall)`, plain ?? Number.NaN, 1.7),
        atMost('the same with `yama.config.ts`', config ?? Number.NaN, 1.7),
      ],
    })
  }
  for (const each of [directory, configured]) rmSync(each, { recursive: true })
  for (const name of ['yama', ...tools]) await dropDatabase(database(name))
  return results
}
