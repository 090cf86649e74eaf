import type { Command, Option } from 'commander'
import { cliErrors } from '../errors/errors.ts'
import type { CliCommand, OptionSpec } from './command.ts'
import { globalOptionSpecs } from './global-options.ts'
import { loadCommonjs } from './load-commonjs.ts'
import type { Invocation } from './parse-arguments.ts'

const commander = loadCommonjs('commander') as typeof import('commander')

/** Reads the words after the name of a command. Throws YAMA_CLI_USAGE. */
export function parseWords(name: string, command: CliCommand, words: readonly string[]): Invocation {
  if (words.includes('--help') || words.includes('-h')) return { kind: 'text', text: helpText(name, command) }
  const parser = build(name, command)
  try {
    parser.parse([...words], { from: 'user' })
  } catch (error) {
    if (!(error instanceof commander.CommanderError)) throw error
    throw cliErrors.YAMA_CLI_USAGE({ problem: sentence(error.message), next: `\`yama ${name} --help\` lists the options.` })
  }
  return { kind: 'command', name, command, arguments: parser.processedArgs as (string | string[] | undefined)[], options: parser.opts() }
}

/** What `yama NAME --help` says. */
export function helpText(name: string, command: CliCommand): string {
  const examples = command.examples.map((example) => `  $ ${example}`).join('\n')
  return `${build(name, command).helpInformation()}\nExamples:\n${examples}\n`
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

const sentence = (message: string): string => {
  const text = message
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (.*)\?\)$/, '. Did you mean $1?')
    .trim()
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`
}
