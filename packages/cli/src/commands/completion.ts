import { cliErrors } from '../errors/errors.ts'
import { completionScript, shells, type Shell } from '../output/completion-script.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'

export const completion: CliCommand = {
  name: 'completion',
  summary: 'Print the completion script of a shell.',
  description: 'Prints a script that completes commands and options. It needs no Yama at completion time.',
  arguments: [{ name: '<shell>', description: shells.join(', ') }],
  examples: [
    'yama completion bash > ~/.local/share/bash-completion/completions/yama',
    'yama completion zsh > "${fpath[1]}/_yama"',
    'yama completion fish > ~/.config/fish/completions/yama.fish',
  ],
  run: async (_context, input) => {
    const shell = text(input.arguments[0]) ?? ''
    if (!shells.includes(shell as Shell))
      throw cliErrors.YAMA_CLI_USAGE({ problem: `There is no completion for ${shell}.`, next: `Use ${shells.join(', ')}.` })
    const script = await completionScript(shell as Shell)
    return { data: { shell, script }, text: script }
  },
}
