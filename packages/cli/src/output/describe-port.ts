import type { PortReport } from '@yama/authoring'
import type { CliContext } from '../program/cli-context.ts'

const WORDS = { lossless: 'said in other words', lossy: 'there, with less', refused: 'not there' } as const
const SHOWN = 2

type Finding = PortReport['findings'][number]

/** What became of everything, one line for each question or sentence, with its first places. */
export function describePort(
  context: CliContext,
  report: PortReport,
  { kind, out, dryRun }: { readonly kind: string; readonly out: string; readonly dryRun: boolean },
): string {
  const { color } = context
  const tints = { lossless: color.dim, lossy: color.yellow, refused: color.red }
  const sections = (['lossless', 'lossy', 'refused'] as const).flatMap((outcome) => {
    const found = report.findings.filter((finding) => finding.outcome === outcome)
    if (found.length === 0) return []
    const groups = new Map<string, Finding[]>()
    for (const finding of found) {
      const key = outcome === 'lossless' ? `${finding.rule} ${finding.message}` : (finding.question ?? finding.object)
      groups.set(key, [...(groups.get(key) ?? []), finding])
    }
    return [`${tints[outcome](outcome)}, ${WORDS[outcome]}: ${found.length}`, ...[...groups.values()].map(line)]
  })
  const built = report.built === undefined ? `not built: no ${kind} server at hand; give one with --dev-url` : `built on ${report.built}`
  const written = dryRun ? 'Nothing was written.' : `${color.green('wrote')} ${report.files.length} file(s) in ${out}`
  const baseline = report.files.find((file) => !file.startsWith('schema/'))
  const next = dryRun
    ? []
    : [
        baseline === undefined
          ? `No migration was written: give a server with --dev-url, or run \`yama generate baseline\` in ${out}.`
          : `The first migration is ${baseline}. Migrations of the source are not translated, and no rows are copied.`,
      ]
  return [...sections, `${report.source.facts.size} objects became ${report.ported.facts.size}; ${built}`, written, ...next].join('\n')
}

function line(group: readonly Finding[]): string {
  const [first] = group
  if (first === undefined) return ''
  const places = group
    .slice(0, SHOWN)
    .map(({ object, origin }) => (origin === undefined ? object : `${origin.file}:${origin.line}:${origin.column}`))
  const more = group.length > SHOWN ? ` and ${group.length - SHOWN} more` : ''
  const loss = first.loss === undefined ? '' : `: ${first.loss}`
  return `  ${first.message}${loss} (${places.join(', ')}${more})`
}
