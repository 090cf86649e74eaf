import { columns } from '../output/columns.ts'
import { registry, type RegistryEntry } from './registry.ts'
import { summaries } from './summaries.ts'

/** `yama help`: every command by group, with its first sentence, without loading any of them. */
export async function overview(all: boolean): Promise<string> {
  const groups = new Map<string, [string, RegistryEntry][]>()
  for (const [name, entry] of Object.entries(registry) as [string, RegistryEntry][])
    groups.set(entry.group, [...(groups.get(entry.group) ?? []), [name, entry]])
  const parts = [...groups].map(([group, entries]) => {
    const rows = entries.map(([name, entry]) => [
      `  ${[name, ...(all ? (entry.aliases ?? []) : [])].join(', ')}`,
      summaries[name as keyof typeof summaries],
    ])
    return `${group}\n${columns(rows)}`
  })
  return `Yama: migrations that a team can trust in production.\n\nUsage: yama <command> [options]\n\n${parts.join('\n\n')}\n\n\`yama help <command>\` shows its options and examples; \`yama help --all\` the aliases.\n`
}
