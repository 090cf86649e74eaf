import { cliErrors } from '../errors/errors.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CliCommand, CommandOutcome } from '../program/command.ts'
import { text } from '../program/option-values.ts'

interface Wanted {
  readonly context: CliContext
  readonly names: readonly string[]
  readonly entities: boolean
  readonly options: Readonly<Record<string, unknown>>
}

const actions: Readonly<Record<string, (wanted: Wanted) => Promise<CommandOutcome>>> = {
  detect: async ({ context, entities }) => {
    const { readDrift } = await import('../drift/read-drift.ts')
    const { describeDrift } = await import('../drift/describe-drift.ts')
    return await describeDrift(context, await readDrift(context, { entities }))
  },
  show: async ({ context, names, entities }) => (await import('../drift/show-drift.ts')).showDrift(context, names, entities),
  adopt: async ({ context, names, entities, options }) =>
    (await import('../drift/adopt-drift.ts')).adoptDrift(context, names, {
      entities,
      preview: options['preview'] === true,
      ...given(options, 'name', 'reason'),
    }),
  repair: async ({ context, names, options }) =>
    (await import('../drift/repair-drift.ts')).repairDrift(context, names, given(options, 'confirm', 'reason')),
  ignore: async ({ context, names, options }) =>
    (await import('../drift/ignore-drift.ts')).ignoreDrift(context, names, given(options, 'reason', 'until')),
  baseline: async ({ context, options }) => (await import('../drift/baseline-drift.ts')).baselineDrift(context, text(options['reason'])),
}

/** The texts that were given, by their names. */
const given = <K extends string>(options: Readonly<Record<string, unknown>>, ...keys: readonly K[]): { readonly [name in K]?: string } =>
  Object.fromEntries(keys.flatMap((key) => (text(options[key]) === undefined ? [] : [[key, options[key]]]))) as {
    readonly [name in K]?: string
  }

export const drift: CliCommand = {
  name: 'drift',
  summary: 'Find what was changed in a database by hand, and settle it.',
  description:
    'Compares the live schema with the one that the last run left, object by object, and both with the entities. `detect` (the default) lists what was added, removed or changed by hand and exits 2 where there is any; `show` has the three sides of an object. `adopt` writes the change as a migration, recorded as applied here, and into the entities, where there are some; `repair` takes it back, with `--confirm`; `ignore` says why and until when it may stay, in `.yama/drift-ignore.json`; `baseline` takes the schema as it is for right. Finding drift reads the history and the catalogue only, and needs no scratch database but for entities that are not in the cache.',
  arguments: [
    { name: '[action]', description: Object.keys(actions).join(', ') },
    { name: '[objects...]', description: 'as `yama drift` names them: `column users.email`, or `users` for everything on a table' },
  ],
  options: [
    { flags: '--no-entities', description: 'leave the entities out of the comparison' },
    { flags: '--confirm <digest>', description: 'with repair: run what it showed' },
    { flags: '--reason <text>', description: 'why; kept in the history, or in the file of what is ignored' },
    { flags: '--until <day>', description: 'with ignore: the last day on which it holds, such as 2027-01-31' },
    { flags: '--name <words>', description: 'with adopt: words for the file name' },
    { flags: '--preview', description: 'with adopt: print the migration, write nothing' },
  ],
  examples: [
    'yama drift --env prod',
    'yama drift show users.email',
    'yama drift adopt "index users.users_email_idx" --reason "made during the outage"',
    'yama drift repair --confirm 1f2e3d4c5b6a7980',
    'yama drift ignore "table tmp_import" --reason "the import of spring" --until 2027-03-31',
  ],
  run: async (context, input) => {
    const name = text(input.arguments[0]) ?? 'detect'
    const action = actions[name]
    if (action === undefined)
      throw cliErrors.YAMA_CLI_USAGE({ problem: `There is no drift ${name}.`, next: `Use ${Object.keys(actions).join(', ')}.` })
    const names = Array.isArray(input.arguments[1]) ? (input.arguments[1] as readonly string[]) : []
    if ((name === 'detect' || name === 'baseline') && names.length > 0)
      throw cliErrors.YAMA_CLI_USAGE({ problem: `${name} looks at everything.`, next: `Use \`yama drift show ${names[0] ?? ''}\`.` })
    return await action({ context, names, entities: input.options['entities'] !== false, options: input.options })
  },
}
