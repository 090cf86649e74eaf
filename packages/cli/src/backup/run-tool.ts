import { spawn } from 'node:child_process'
import { open, rm } from 'node:fs/promises'
import { cliErrors } from '../errors/errors.ts'

export interface ToolOptions {
  readonly variables: Readonly<Record<string, string>>
  /** The file that gets what it writes; a tool behind a wrapper may see no file of this machine. */
  readonly output?: string
  readonly signal: AbortSignal
}

/** Runs the first of the tools that is there and gives its name; rejects with YAMA_BACKUP_FAILED and what it said last. */
export async function runTool(tools: readonly string[], words: readonly string[], options: ToolOptions): Promise<string> {
  for (const tool of tools) {
    const result = await runOne(tool, words, options)
    if (result === 'not there') continue
    if (result.code === 0) return tool
    const said = result.stderr.trim().split('\n').at(-1) ?? ''
    throw cliErrors.YAMA_BACKUP_FAILED({ reason: `${tool} ended with ${result.code}: ${said === '' ? 'it said nothing' : said}` })
  }
  throw cliErrors.YAMA_BACKUP_FAILED({ reason: `${tools.join(' and ')} ${tools.length === 1 ? 'is' : 'are'} not installed` })
}

async function runOne(
  tool: string,
  words: readonly string[],
  { variables, output, signal }: ToolOptions,
): Promise<'not there' | { readonly code: number | string; readonly stderr: string }> {
  const file = output === undefined ? undefined : await open(output, 'wx', 0o600)
  try {
    return await new Promise<'not there' | { readonly code: number | string; readonly stderr: string }>((done, fail) => {
      const child = spawn(tool, words, { stdio: ['ignore', file?.fd ?? 'ignore', 'pipe'], env: { ...process.env, ...variables }, signal })
      let stderr = ''
      child.stderr?.on('data', (chunk: Buffer) => (stderr = `${stderr}${chunk.toString()}`.slice(-4000)))
      child.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? done('not there') : fail(error)))
      child.once('close', (code, ended) => done({ code: code ?? ended ?? 'unknown', stderr }))
    }).then(async (result) => {
      // Half of a dump must not be taken for one.
      if (output !== undefined && (result === 'not there' || result.code !== 0)) await rm(output, { force: true })
      return result
    })
  } finally {
    await file?.close()
  }
}
