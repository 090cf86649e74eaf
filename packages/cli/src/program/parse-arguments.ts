import { closestName } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import type { CliCommand } from './command.ts'
import { overview } from './overview.ts'
import { findCommand, registry } from './registry.ts'
import { unsaidOptions } from './unsaid-options.ts'

export type Invocation =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'command'
      readonly name: string
      readonly command: CliCommand
      readonly arguments: readonly (string | readonly string[] | undefined)[]
      readonly options: Readonly<Record<string, unknown>>
    }

/** Reads a command line. Only the command that is called is loaded. Rejects with YAMA_CLI_USAGE. */
export async function parseArguments(words: readonly string[]): Promise<Invocation> {
  const at = words.findIndex((word, index) => !word.startsWith('-') && !takesValue(words[index - 1]))
  const name = at < 0 ? undefined : words[at]
  if (name === undefined || name === 'help') {
    const asked = name === 'help' ? words.slice(at + 1).find((word) => !word.startsWith('-')) : undefined
    if (asked === undefined) return { kind: 'text', text: await overview(words.includes('--all')) }
    return { kind: 'text', text: await commandHelp(asked) }
  }
  const found = findCommand(name)
  if (found === undefined) {
    const plugin = await pluginCommand(name, words)
    if (plugin === undefined) throw usage(`There is no command ${name}.`, suggestion(name, Object.keys(registry)))
    return parseWith(name, plugin, [...words.slice(0, at), ...words.slice(at + 1)])
  }
  return parseWith(found.name, await found.entry.load(), [...words.slice(0, at), ...words.slice(at + 1)])
}

async function pluginCommand(name: string, words: readonly string[]): Promise<CliCommand | undefined> {
  const { findPluginCommand } = await import('./plugin-command.ts')
  return findPluginCommand(name, words)
}

async function commandHelp(name: string): Promise<string> {
  const found = findCommand(name)
  if (found === undefined) throw usage(`There is no command ${name}.`, suggestion(name, Object.keys(registry)))
  const [{ helpText }, command] = await Promise.all([import('./command-parser.ts'), found.entry.load()])
  return helpText(found.name, command)
}

async function parseWith(name: string, command: CliCommand, words: readonly string[]): Promise<Invocation> {
  if (words.length === 0 && command.arguments === undefined)
    return { kind: 'command', name, command, arguments: [], options: unsaidOptions(command) }
  const { parseWords } = await import('./command-parser.ts')
  return parseWords(name, command, words)
}

/** Global options with a value may stand before the command: `yama -e prod status`. */
const takesValue = (word: string | undefined): boolean =>
  word !== undefined && ['-e', '--env', '-c', '--config', '--cwd', '--url'].includes(word)

const suggestion = (name: string, known: readonly string[]): string => {
  const near = closestName(name, known)
  return near === undefined ? '`yama help` lists the commands.' : `Did you mean \`yama ${near}\`?`
}
const usage = (problem: string, next: string): Error => cliErrors.YAMA_CLI_USAGE({ problem, next })
