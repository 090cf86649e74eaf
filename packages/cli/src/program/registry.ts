import type { CliCommand } from './command.ts'

export interface RegistryEntry {
  readonly aliases?: readonly string[]
  readonly group: 'Start' | 'Write' | 'Run' | 'Look' | 'Repair' | 'Help'
  readonly load: () => Promise<CliCommand>
}

/** Every command, by name. The file is loaded only when it is called or its help is asked for. */
export const registry = {
  init: { group: 'Start', load: async () => (await import('../commands/init.ts')).init },
  doctor: { group: 'Start', load: async () => (await import('../commands/doctor.ts')).doctor },
  pull: { group: 'Start', aliases: ['import'], load: async () => (await import('../commands/pull.ts')).pull },
  baseline: { group: 'Start', load: async () => (await import('../commands/baseline.ts')).baseline },
  generate: { group: 'Write', aliases: ['migration:generate'], load: async () => (await import('../commands/generate.ts')).generate },
  new: { group: 'Write', load: async () => (await import('../commands/new.ts')).newMigration },
  port: { group: 'Write', load: async () => (await import('../commands/port.ts')).port },
  bundle: { group: 'Write', load: async () => (await import('../commands/bundle.ts')).bundle },
  squash: { group: 'Write', load: async () => (await import('../commands/squash.ts')).squash },
  validate: { group: 'Write', load: async () => (await import('../commands/validate.ts')).validate },
  fmt: { group: 'Write', load: async () => (await import('../commands/fmt.ts')).fmt },
  show: { group: 'Write', load: async () => (await import('../commands/show.ts')).show },
  schema: { group: 'Write', load: async () => (await import('../commands/schema.ts')).schema },
  merge: { group: 'Write', load: async () => (await import('../commands/merge.ts')).merge },
  rebase: { group: 'Write', load: async () => (await import('../commands/rebase.ts')).rebase },
  reorder: { group: 'Write', load: async () => (await import('../commands/reorder.ts')).reorder },
  drop: { group: 'Write', load: async () => (await import('../commands/drop.ts')).drop },
  rename: { group: 'Write', load: async () => (await import('../commands/rename.ts')).rename },
  split: { group: 'Write', load: async () => (await import('../commands/split.ts')).split },
  plan: { group: 'Run', load: async () => (await import('../commands/plan.ts')).plan },
  up: { group: 'Run', aliases: ['apply', 'migrate', 'migration:apply'], load: async () => (await import('../commands/up.ts')).up },
  down: { group: 'Run', aliases: ['rollback'], load: async () => (await import('../commands/down.ts')).down },
  seed: { group: 'Run', load: async () => (await import('../commands/seed.ts')).seed },
  reset: { group: 'Run', load: async () => (await import('../commands/reset.ts')).reset },
  tag: { group: 'Run', load: async () => (await import('../commands/tag.ts')).tag },
  status: { group: 'Look', load: async () => (await import('../commands/status.ts')).status },
  history: { group: 'Look', load: async () => (await import('../commands/history.ts')).history },
  audit: { group: 'Look', load: async () => (await import('../commands/audit.ts')).audit },
  graph: { group: 'Look', load: async () => (await import('../commands/graph.ts')).graph },
  why: { group: 'Look', load: async () => (await import('../commands/why.ts')).why },
  diff: { group: 'Look', load: async () => (await import('../commands/diff.ts')).diff },
  verify: { group: 'Look', load: async () => (await import('../commands/verify.ts')).verify },
  drift: { group: 'Look', load: async () => (await import('../commands/drift.ts')).drift },
  state: { group: 'Look', load: async () => (await import('../commands/state.ts')).state },
  review: { group: 'Look', load: async () => (await import('../commands/review.ts')).review },
  check: { group: 'Look', load: async () => (await import('../commands/check.ts')).check },
  repair: { group: 'Repair', load: async () => (await import('../commands/repair.ts')).repair },
  pin: { group: 'Repair', load: async () => (await import('../commands/pin.ts')).pin },
  lock: { group: 'Repair', load: async () => (await import('../commands/lock.ts')).lock },
  recover: { group: 'Repair', load: async () => (await import('../commands/recover.ts')).recover },
  explain: { group: 'Help', load: async () => (await import('../commands/explain.ts')).explain },
  version: { group: 'Help', load: async () => (await import('../commands/version.ts')).version },
  completion: { group: 'Help', load: async () => (await import('../commands/completion.ts')).completion },
} satisfies Readonly<Record<string, RegistryEntry>>

export type CommandName = keyof typeof registry

/** Resolves a name or alias; undefined for anything else. */
export function findCommand(name: string): { readonly name: string; readonly entry: RegistryEntry } | undefined {
  for (const [key, entry] of Object.entries(registry) as [string, RegistryEntry][]) {
    if (key === name || entry.aliases?.includes(name) === true) return { name: key, entry }
  }
  return undefined
}
