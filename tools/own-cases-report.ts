/** What came of one pair. */
export interface OwnCaseResult {
  readonly case: { readonly src: string; readonly file?: string; readonly name: string }
  readonly outcome: string
  readonly detail: string
}

/** Why a case that does not pass is as it is; one that is not here is a mistake that nobody has looked at. */
const EXPLAINED: Readonly<Record<string, string>> = {}

const percent = (part: number, whole: number): string => (whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)} %`)

/** The part of docs/reference/coverage.md that is about the pairs on one server. */
export function casesPart(title: string, results: readonly OwnCaseResult[], now: Date): string {
  const sources = [...new Set(results.map((one) => one.case.src))].sort()
  const failing = results.filter(({ outcome }) => outcome !== 'ok' && outcome !== 'unloadable')
  const reasons = new Map<string, number>()
  for (const { outcome, detail } of results) {
    const reason = detail.split('\n')[0]?.replaceAll(/yama_schema_\d+_\d+/g, 'db') ?? ''
    if (outcome === 'unloadable') reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  return [
    `### ${title}`,
    '',
    `Last run: ${now.toISOString().slice(0, 10)}, \`pnpm corpus cases\`, a machine with 2 vCPU. \`yama\` are Yama's own pairs.`,
    '',
    '| Source | Both sides load | Up | Up and down | Do not load |',
    '|---|---:|---:|---:|---:|',
    ...sources.map((source) =>
      line(
        source,
        results.filter((one) => one.case.src === source),
      ),
    ),
    line('**total**', results),
    '',
    failing.length === 0 ? 'Every case whose two sides load passes.' : 'Cases that do not pass:',
    ...(failing.length === 0 ? [] : ['']),
    ...failing.map(
      ({ case: one, outcome, detail }) =>
        `- **${one.src}: ${one.name}** (${outcome}): ${EXPLAINED[one.name] ?? detail.replaceAll(/\s+/g, ' ').slice(0, 300)}`,
    ),
    '',
    reasons.size === 0
      ? 'All of them load.'
      : `Not loaded: ${[...reasons].map(([reason, count]) => `${reason} (${String(count)})`).join('; ')}.`,
  ].join('\n')
}

function line(title: string, list: readonly OwnCaseResult[]): string {
  const loaded = list.filter(({ outcome }) => outcome !== 'unloadable')
  const up = loaded.filter(({ outcome }) => outcome === 'ok' || outcome.startsWith('down-')).length
  const both = loaded.filter(({ outcome }) => outcome === 'ok').length
  return `| ${[title, loaded.length, `${String(up)} (${percent(up, loaded.length)})`, `${String(both)} (${percent(both, loaded.length)})`, list.length - loaded.length].join(' | ')} |`
}
