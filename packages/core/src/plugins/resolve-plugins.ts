import { PLUGIN_API, type Check, type Plugin, type PluginCommand } from '../contract/plugin.ts'
import type { StepContext, Step } from '../contract/migration.ts'
import { coreErrors } from '../errors/errors.ts'

export type StepRunner = (step: Step, context: StepContext) => Promise<void>

/** The plugins of a configuration, checked and in the order in which their hooks run. */
export interface ResolvedPlugins {
  readonly plugins: readonly Plugin[]
  /** Step kinds besides `sql` and `code`. */
  readonly steps: ReadonlyMap<string, StepRunner>
  readonly checks: readonly Check[]
  readonly commands: readonly PluginCommand[]
}

/**
 * Checks plugins and puts required ones first, otherwise in the order of the configuration; `false` and `null` are left
 * out. Throws YAMA_PLUGIN_API, YAMA_PLUGIN_DUPLICATE, YAMA_PLUGIN_REQUIRES, YAMA_PLUGIN_CYCLE, YAMA_PLUGIN_STEP_TWICE
 * or YAMA_PLUGIN_COMMAND_TWICE.
 *
 * @example const { commands } = resolvePlugins(config.plugins)
 */
export function resolvePlugins(list: readonly (Plugin | false | null | undefined)[] = []): ResolvedPlugins {
  const given = list.filter((plugin): plugin is Plugin => Boolean(plugin))
  const byName = new Map<string, Plugin>()
  for (const plugin of given) {
    // Plugins may come from JavaScript, so the number is not sure to be what the type says.
    const found: number = plugin.api
    if (found !== PLUGIN_API) throw coreErrors.YAMA_PLUGIN_API({ plugin: plugin.name, found, expected: PLUGIN_API })
    if (byName.has(plugin.name)) throw coreErrors.YAMA_PLUGIN_DUPLICATE({ plugin: plugin.name })
    byName.set(plugin.name, plugin)
  }
  const plugins = inOrder(given, byName)
  return Object.freeze({
    plugins,
    steps: stepRunners(plugins),
    checks: plugins.flatMap((plugin) => plugin.checks ?? []),
    commands: commands(plugins),
  })
}

function inOrder(given: readonly Plugin[], byName: ReadonlyMap<string, Plugin>): readonly Plugin[] {
  const done = new Set<Plugin>()
  const visit = (plugin: Plugin, path: readonly string[]): void => {
    if (done.has(plugin)) return
    const here = [...path, plugin.name]
    if (path.includes(plugin.name)) throw coreErrors.YAMA_PLUGIN_CYCLE({ path: here.slice(path.indexOf(plugin.name)).join(' → ') })
    for (const required of plugin.requires ?? []) {
      const found = byName.get(required)
      if (found === undefined) throw coreErrors.YAMA_PLUGIN_REQUIRES({ plugin: plugin.name, required })
      visit(found, here)
    }
    done.add(plugin)
  }
  for (const plugin of given) visit(plugin, [])
  return [...done]
}

function stepRunners(plugins: readonly Plugin[]): ReadonlyMap<string, StepRunner> {
  const owners = new Map([
    ['sql', '@yama/core'],
    ['code', '@yama/core'],
  ])
  const runners = new Map<string, StepRunner>()
  for (const plugin of plugins) {
    for (const [kind, run] of Object.entries(plugin.steps ?? {})) {
      const other = owners.get(kind)
      if (other !== undefined) throw coreErrors.YAMA_PLUGIN_STEP_TWICE({ plugin: plugin.name, kind, other })
      owners.set(kind, plugin.name)
      // The key is the step's own kind, so the runner takes exactly the steps it is looked up for.
      runners.set(kind, run as StepRunner)
    }
  }
  return runners
}

function commands(plugins: readonly Plugin[]): readonly PluginCommand[] {
  const owners = new Map<string, string>()
  return plugins.flatMap((plugin) =>
    (plugin.commands ?? []).map((command) => {
      const other = owners.get(command.name)
      if (other !== undefined) throw coreErrors.YAMA_PLUGIN_COMMAND_TWICE({ plugin: plugin.name, command: command.name, other })
      owners.set(command.name, plugin.name)
      return command
    }),
  )
}
