import { globalOptionSpecs } from '../program/global-options.ts'
import { registry, type RegistryEntry } from '../program/registry.ts'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

interface Known {
  readonly name: string
  readonly summary: string
  readonly options: readonly string[]
}

/** A completion script made from the commands themselves. */
export async function completionScript(shell: Shell): Promise<string> {
  const flags = (specs: readonly { readonly flags: string }[]): readonly string[] =>
    specs.flatMap(({ flags: text }) => text.match(/--[a-z-]+/g) ?? [])
  const commands: Known[] = await Promise.all(
    (Object.entries(registry) as [string, RegistryEntry][]).map(async ([name, entry]) => {
      const command = await entry.load()
      return { name, summary: command.summary, options: [...flags(command.options ?? []), ...flags(globalOptionSpecs)] }
    }),
  )
  const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } satisfies Record<Shell, (known: readonly Known[]) => string>
  return scripts[shell](commands)
}

function bashScript(commands: readonly Known[]): string {
  const cases = commands.map(({ name, options }) => `    ${name}) words="${options.join(' ')}" ;;`).join('\n')
  return `_yama() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')}" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _yama yama`
}

function zshScript(commands: readonly Known[]): string {
  const list = commands.map(({ name, summary }) => `    '${name}:${summary.replaceAll("'", '').replaceAll(':', ' ')}'`).join('\n')
  const cases = commands.map(({ name, options }) => `    ${name}) compadd -- ${options.join(' ')} ;;`).join('\n')
  return `#compdef yama
_yama() {
  local -a commands
  commands=(
${list}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  case "$words[2]" in
${cases}
  esac
  _files
}
_yama "$@"`
}

function fishScript(commands: readonly Known[]): string {
  return commands
    .flatMap(({ name, summary, options }) => [
      `complete -c yama -n __fish_use_subcommand -a ${name} -d '${summary.replaceAll("'", '')}'`,
      ...options.map((option) => `complete -c yama -n '__fish_seen_subcommand_from ${name}' -l ${option.slice(2)}`),
    ])
    .join('\n')
}
