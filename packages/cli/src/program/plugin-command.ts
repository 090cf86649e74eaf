import type { CommandContext, PluginCommand } from '@yama/core'
import type { CliCommand } from './command.ts'
import { readGlobals } from './global-options.ts'
import { loadProject } from './load-project.ts'

/** A command that a plugin of the project's configuration brings; undefined where none has that name. */
export async function findPluginCommand(name: string, words: readonly string[]): Promise<CliCommand | undefined> {
  const value = (...flags: readonly string[]): string | undefined => {
    const at = words.findIndex((word) => flags.includes(word))
    return at < 0 ? undefined : words[at + 1]
  }
  const cwd = value('--cwd')
  const config = value('-c', '--config')
  const project = await loadProject(readGlobals({ ...(cwd === undefined ? {} : { cwd }), ...(config === undefined ? {} : { config }) }))
  for (const plugin of project.config.plugins ?? []) {
    const command = plugin ? plugin.commands?.find((candidate) => candidate.name === name) : undefined
    if (command !== undefined) return adapt(command)
  }
  return undefined
}

function adapt(command: PluginCommand): CliCommand {
  return {
    name: command.name,
    summary: command.description,
    description: command.description,
    arguments: (command.arguments ?? []).map((argument) => ({ name: argument, description: '' })),
    options: command.options ?? [],
    examples: [`yama ${command.name}`],
    run: async (context, input) => {
      const lines: string[] = []
      const commandContext: CommandContext = {
        yama: await context.yama(),
        options: input.options,
        arguments: input.arguments.flat().filter((word): word is string => typeof word === 'string'),
        print: (line) => void lines.push(line),
        signal: context.signal,
      }
      const data = await command.run(commandContext)
      return { data: data ?? null, text: lines.join('\n') }
    },
  }
}
