import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

/** Tools that others made for the same job. They live in a temporary directory and are no dependency of anything here. */
export const PEERS = { 'pg-delta': '@supabase/pg-delta@1.0.0-alpha.34', migra: '@pgkit/migra@0.6.1' } as const
export type PeerName = keyof typeof PEERS

/** Takes `{ from, to }`, one a line, changes the first database into the second, and answers `{ error? }`. */
const SCRIPTS: Readonly<Record<PeerName, string>> = {
  'pg-delta': `import { extract } from '@supabase/pg-delta/extract'
import { plan } from '@supabase/pg-delta/plan'
import { apply } from '@supabase/pg-delta/apply'
const change = async (from, to) => {
  const [source, target] = [new pg.Pool({ connectionString: from }), new pg.Pool({ connectionString: to })]
  try {
    const report = await apply(plan((await extract(source)).factBase, (await extract(target)).factBase), source)
    if (report.status !== 'applied') throw new Error(report.error?.message ?? report.status)
  } finally {
    await source.end()
    await target.end()
  }
}`,
  migra: `import migra from '@pgkit/migra'
import client from '@pgkit/client'
const change = async (from, to) => {
  const [source, target] = [client.createClient(from), client.createClient(to)]
  const connection = new pg.Client({ connectionString: from })
  try {
    const { sql } = await migra.run(source, target, { unsafe: true, withPrivileges: true })
    await source.end()
    await connection.connect()
    if (sql.trim() !== '') await connection.query(sql)
  } finally {
    await connection.end().catch(() => {})
    await source.end().catch(() => {})
    await target.end().catch(() => {})
  }
}`,
}
const LOOP = `
import pg from 'pg'
import { createInterface } from 'node:readline'
process.on('uncaughtException', () => {})
for await (const line of createInterface({ input: process.stdin })) {
  const { from, to } = JSON.parse(line)
  const answer = await change(from, to).then(() => ({}), (error) => ({ error: String(error?.message ?? error) }))
  process.stdout.write('\\n@answer ' + JSON.stringify(answer) + '\\n')
}`

export interface Peer extends AsyncDisposable {
  readonly name: PeerName
  /** Undefined where it said that it is done; otherwise its own words. */
  change(from: string, to: string): Promise<string | undefined>
}

const LIMIT_MS = 60_000

const directoryOf = (name: PeerName): string => join(tmpdir(), `yama-peer-${PEERS[name].replaceAll(/[^\w.-]/g, '-')}`)

/** Installs a peer below the temporary directory. Rejects with npm's words where it cannot be installed. */
export async function installPeer(name: PeerName): Promise<void> {
  const directory = directoryOf(name)
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'package.json'), '{ "private": true, "type": "module" }\n')
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--no-save', PEERS[name], 'pg@8'], { cwd: directory })
  writeFileSync(join(directory, 'peer.mjs'), `${SCRIPTS[name]}\n${LOOP}\n`)
}

/** One that is installed; its process starts with the first case. */
export function startPeer(name: PeerName): Peer {
  const directory = directoryOf(name)
  const script = join(directory, 'peer.mjs')
  let child: ChildProcess | undefined
  const stop = (): void => void child?.kill()
  return {
    name,
    async change(from, to) {
      child ??= spawn(process.execPath, [script], { cwd: directory, stdio: ['pipe', 'pipe', 'ignore'] })
      const running = child
      return await new Promise((resolve) => {
        const lines = createInterface({ input: running.stdout as NodeJS.ReadableStream })
        const answer = (words: string | undefined, goesOn: boolean): void => {
          clearTimeout(timer)
          lines.close()
          running.removeAllListeners()
          if (!goesOn) {
            running.kill()
            child = undefined
          }
          resolve(words)
        }
        const timer = setTimeout(() => answer('it did not end within a minute', false), LIMIT_MS)
        running.once('exit', (code) => answer(`its process ended with ${String(code)}`, false))
        running.once('error', (error) => answer(error.message, false))
        lines.on('line', (line) => {
          if (line.startsWith('@answer ')) answer((JSON.parse(line.slice('@answer '.length)) as { error?: string }).error, true)
        })
        running.stdin?.write(`${JSON.stringify({ from, to })}\n`)
      })
    },
    [Symbol.asyncDispose]: async () => stop(),
  }
}
