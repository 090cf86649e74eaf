import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { CaseResult } from './difference-case.ts'
import type { PeerOutcomes } from './peer-case.ts'
import { PEERS, type PeerName } from './peers.ts'

const percent = (part: number, whole: number): string => (whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)} %`)

/** Why a case that does not pass is as it is; one that is not here is a mistake that nobody has looked at. */
const NOT_NULL_NAME =
  'only the name of a NOT NULL differs that the server made for another table or column; such names are not carried (ADR 0014).'

const EXPLAINED: Readonly<Record<string, string>> = {
  'table-ops--detach-partition': NOT_NULL_NAME,
  'create_table/add_table_like_forward_ref': NOT_NULL_NAME,
  partitioning: NOT_NULL_NAME,
  'Add a primary key when the index already exists': NOT_NULL_NAME,
  'Create partitioned table with shared primary key and RLS enabled globally': NOT_NULL_NAME,
  'Drop table': NOT_NULL_NAME,
  'Trigger on re-created table is re-created': NOT_NULL_NAME,
  'fdw-option-secret-redaction--multi-layer-fdw-schema':
    'options that hold a secret are never read, so that no file gets them; a person sets them. Everything else of the case is there.',
  'sensitive-handling--server-with-sensitive-options':
    'options that hold a secret are never read, so that no file gets them; a person sets them. Everything else of the case is there.',
  'Unpartitioned to partitioned and child tables already exist': NOT_NULL_NAME,
  'Partitioned to unpartitioned and child tables still exist': NOT_NULL_NAME,
}

type Peers = ReadonlyMap<CaseResult['case'], PeerOutcomes>

/** One line for each source and the total, as a Markdown table: of all cases whose two sides load. */
export function caseTable(results: readonly CaseResult[], peers: Peers): string {
  const names = (Object.keys(PEERS) as PeerName[]).filter((name) => [...peers.values()].some((each) => each[name] !== undefined))
  const line = (title: string, list: readonly CaseResult[]): string => {
    const loaded = list.filter(({ outcome }) => outcome !== 'unloadable')
    const up = loaded.filter(({ outcome }) => outcome === 'ok' || outcome.startsWith('down-')).length
    const both = loaded.filter(({ outcome }) => outcome === 'ok').length
    const strict = loaded.filter(({ outcome, strict: same }) => outcome === 'ok' && same === true).length
    const others = names.map((name) => {
      const asked = loaded.filter((one) => peers.get(one.case)?.[name] !== undefined)
      // Of a part nothing is said.
      if (asked.length < loaded.length) return '—'
      const reached = asked.filter((one) => peers.get(one.case)?.[name]?.outcome === 'ok').length
      return `${String(reached)} (${percent(reached, loaded.length)})`
    })
    return `| ${[title, String(loaded.length), `${String(up)} (${percent(up, loaded.length)})`, `${String(both)} (${percent(both, loaded.length)})`, String(strict), ...others, String(list.length - loaded.length)].join(' | ')} |`
  }
  const heads = ['Source', 'Both sides load', 'Yama: up', 'Yama: up and down', 'of these line by line in order', ...names, 'Do not load']
  const sources = [...new Set(results.map((one) => one.case.src))].sort()
  return [
    `| ${heads.join(' | ')} |`,
    `|---|${'---:|'.repeat(heads.length - 1)}`,
    ...sources.map((source) =>
      line(
        source,
        results.filter((one) => one.case.src === source),
      ),
    ),
    line('**total**', results),
  ].join('\n')
}

const nameOf = ({ case: one }: CaseResult): string => `${one.src}: ${one.file === undefined ? '' : `${one.file}: `}${one.name}`

function section(product: string, results: readonly CaseResult[], peers: Peers): string {
  const failing = results.filter(({ outcome }) => outcome !== 'ok' && outcome !== 'unloadable')
  const reasons = new Map<string, number>()
  for (const { outcome, detail } of results) {
    const reason = detail.split('\n')[0] ?? ''
    if (outcome === 'unloadable') reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  return [
    `### ${product}`,
    '',
    `Last run: ${new Date().toISOString().slice(0, 10)}, \`pnpm corpus cases${peers.size === 0 ? '' : ' --peers'}\`, a machine with 2 vCPU.${peers.size === 0 ? '' : ` Peers: ${Object.values(PEERS).join(', ')}; they are asked for the way there only.`}`,
    '',
    caseTable(results, peers),
    '',
    failing.length === 0 ? 'Every case whose two sides load passes.' : 'Cases that do not pass:',
    ...(failing.length === 0 ? [] : ['']),
    ...failing.map(
      (one) => `- **${nameOf(one)}** (${one.outcome}): ${EXPLAINED[one.case.name] ?? one.detail.replaceAll(/\s+/g, ' ').slice(0, 300)}`,
    ),
    '',
    `Not loaded: ${[...reasons].map(([reason, count]) => `${reason} (${String(count)})`).join('; ')}.`,
  ].join('\n')
}

/** Puts the section of this server into the page, in the place of the one that was there. */
export function writeCaseSection(product: string, results: readonly CaseResult[], peers: Peers): void {
  const page = join(resolve(import.meta.dirname, '../../..'), 'docs/reference/coverage.md')
  const text = readFileSync(page, 'utf8')
  const major = /^\D*(\d+)/.exec(product)?.[1] ?? ''
  const [open, close] = [`<!-- cases: postgres ${major} -->`, `<!-- end of cases: postgres ${major} -->`]
  const block = `${open}\n${section(product, results, peers)}\n${close}`
  const [start, end] = [text.indexOf(open), text.indexOf(close)]
  if (start === -1 || end === -1) throw new Error(`${page} has no place for ${open}`)
  writeFileSync(page, text.slice(0, start) + block + text.slice(end + close.length))
}
