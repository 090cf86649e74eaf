import { closestName } from '@yama/core'
import type { Command, Option } from 'commander'
import { cliErrors } from '../errors/errors.ts'
import type { CliCommand, OptionSpec } from './command.ts'
import { globalOptionSpecs } from './global-options.ts'
import { overview } from './overview.ts'
import { loadCommonjs } from './load-commonjs.ts'
import { findCommand, registry } from './registry.ts'

const commander = loadCommonjs('commander') as typeof import('commander')

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
  return helpText(found.name, await found.entry.load())
}

function parseWith(name: string, command: CliCommand, words: readonly string[]): Invocation {
  if (words.includes('--help') || words.includes('-h')) return { kind: 'text', text: helpText(name, command) }
  const parser = build(name, command)
  try {
    parser.parse([...words], { from: 'user' })
  } catch (error) {
    if (error instanceof commander.CommanderError) throw usage(sentence(error.message), `\`yama ${name} --help\` lists the options.`)
    throw error
  }
  return { kind: 'command', name, command, arguments: parser.processedArgs as (string | string[] | undefined)[], options: parser.opts() }
}

function build(name: string, command: CliCommand): Command {
  const parser = new commander.Command(`yama ${name}`)
    .description(command.description)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
    .helpOption('-h, --help', 'this help')
  for (const argument of command.arguments ?? []) parser.argument(argument.name, argument.description)
  for (const spec of [...(command.options ?? []), ...globalOptionSpecs]) parser.addOption(option(spec))
  parser.allowExcessArguments(false)
  parser.action(() => undefined)
  return parser
}

function option(spec: OptionSpec): Option {
  const made = new commander.Option(spec.flags, spec.description)
  if (spec.default !== undefined) made.default(spec.default)
  if (spec.choices !== undefined) made.choices([...spec.choices])
  if (spec.repeatable === true)
    made.argParser((value: string, previous: unknown) => [...(Array.isArray(previous) ? (previous as string[]) : []), value])
  return made
}

function helpText(name: string, command: CliCommand): string {
  const examples = command.examples.map((example) => `  $ ${example}`).join('\n')
  return `${build(name, command).helpInformation()}\nExamples:\n${examples}\n`
}

/** Global options with a value may stand before the command: `yama -e prod status`. */
const takesValue = (word: string | undefined): boolean =>
  word !== undefined && ['-e', '--env', '-c', '--config', '--cwd', '--url'].includes(word)

const suggestion = (name: string, known: readonly string[]): string => {
  const near = closestName(name, known)
  return near === undefined ? '`yama help` lists the commands.' : `Did you mean \`yama ${near}\`?`
}
const sentence = (message: string): string => {
  const text = message
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (.*)\?\)$/, '. Did you mean $1?')
    .trim()
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`
}
const usage = (problem: string, next: string): Error => cliErrors.YAMA_CLI_USAGE({ problem, next })
