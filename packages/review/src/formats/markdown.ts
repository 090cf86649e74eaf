import type { Diagnostic } from '@yama/core'
import type { ReviewDocument, ReviewedMigration, ReviewedStep } from '../contract/review-document.ts'
import { environmentCells, ENVIRONMENT_TITLES } from './environment-cells.ts'
import { code, codeBlock, plain, prose } from './markdown-text.ts'
import { LONGEST_STATEMENT, shortened } from './shortened.ts'

/** How much of a document is told. */
export interface MarkdownDetail {
  /** Statements of each direction of a migration; the rest is counted. */
  readonly statements: number
  /** Characters of one statement. */
  readonly characters: number
  /** Rows of each table and list. */
  readonly rows: number
  /** False: migrations are listed, and no more. */
  readonly operations: boolean
  readonly sql: boolean
  readonly diagram: boolean
}

const WHOLE: MarkdownDetail = {
  statements: Infinity,
  characters: LONGEST_STATEMENT,
  rows: Infinity,
  operations: true,
  sql: true,
  diagram: true,
}
const RISKS = { none: '⚪ none', low: '🟢 low', medium: '🟡 medium', high: '🔴 high' } as const
const SEVERITIES = { error: '🔴 error', warning: '🟡 warning', info: '🔵 note' } as const satisfies Record<Diagnostic['severity'], string>

/** The document as Markdown that GitHub and GitLab show. Whatever stands in names, comments and SQL stays text. */
export function markdown(document: ReviewDocument, detail: MarkdownDetail = WHOLE): string {
  const sections = [
    head(document),
    lossSection(document, detail),
    findingSection(document, detail),
    environmentSection(document, detail),
    ...(detail.operations
      ? document.migrations.map((migration) => migrationSection(migration, detail))
      : [migrationList(document, detail)]),
    removedSection(document, detail),
    objectSection(document, detail),
    schemaSection(document, detail),
    peopleSection(document, detail),
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

function head({ project, summary, risk }: ReviewDocument): string {
  const title = project === 'default' ? '## Review of the migrations' : `## Review of the migrations of ${plain(project)}`
  const because = risk.because.length === 0 ? '' : `: ${plain(risk.because.join('; '))}`
  return `${title}\n\n${plain(summary)}\n\n**Risk: ${RISKS[risk.level]}**${because}`
}

/** So many lines, and how many there are besides. */
function limited(lines: readonly string[], most: number, more: (count: number) => string): readonly string[] {
  return lines.length > most ? [...lines.slice(0, most), more(lines.length - most)] : lines
}

const moreItems = (count: number): string => `- … and ${count} more`

const table = (titles: readonly string[], rows: readonly string[], { rows: most }: MarkdownDetail): string =>
  [
    `| ${titles.join(' | ')} |`,
    `|${titles.map(() => '---').join('|')}|`,
    ...limited(
      rows,
      most,
      (count) =>
        `| … and ${count} more |${titles
          .slice(1)
          .map(() => ' |')
          .join('')}`,
    ),
  ].join('\n')

function lossSection({ losses, confirmation }: ReviewDocument, { rows }: MarkdownDetail): string {
  if (losses.length === 0) return ''
  const lines = losses.map(({ loss, what }) => `- ${loss === 'certain' ? '**loses**' : 'may lose'} ${plain(what)}`)
  const note = confirmation ? ['', '`yama up` asks for the digest of its plan before it runs this.'] : []
  return ['### Data lost', '', ...limited(lines, rows, moreItems), ...note].join('\n')
}

function findingSection({ findings }: ReviewDocument, detail: MarkdownDetail): string {
  if (findings.length === 0) return '### Findings\n\nNone.'
  // What to do is said with the first of each code.
  const first = new Map(findings.toReversed().map((finding) => [finding.code, finding]))
  const rows = findings.map((finding) => {
    const { severity, code: name, message, hint = '', position } = finding
    const place = position === undefined ? '' : code(`${position.file}:${position.line}`, true)
    const next = hint === '' || first.get(name) !== finding ? '' : `<br>${prose(hint, true)}`
    return `| ${SEVERITIES[severity]} | ${prose(message, true)}${next} | ${place} | ${code(name, true)} |`
  })
  return `### Findings\n\n${table(['', 'What', 'Where', 'Code'], rows, detail)}`
}

function environmentSection({ environments }: ReviewDocument, detail: MarkdownDetail): string {
  if (environments.length === 0) return ''
  const rows = environments.map((found) => `| ${environmentCells(found, (name) => code(name, true), plain).join(' | ')} |`)
  return `### Environments\n\n${table(ENVIRONMENT_TITLES, rows, detail)}`
}

function migrationList({ migrations }: ReviewDocument, detail: MarkdownDetail): string {
  if (migrations.length === 0) return ''
  const rows = migrations.map(({ file, up, wayBack }) => `| ${code(file, true)} | ${up.length} | ${wayBack} |`)
  return `### Migrations\n\n${table(['Migration', 'Statements', 'Way back'], rows, detail)}`
}

function migrationSection(migration: ReviewedMigration, detail: MarkdownDetail): string {
  const { name, file, change, phase, repeatable, description, author, ticket, wayBack, up, down } = migration
  const facts = [
    change === 'edited' ? '**changed**: the base has it with another meaning' : undefined,
    `phase ${phase}`,
    repeatable === undefined ? undefined : repeatable === 'always' ? 'runs with every run' : 'runs again when it changes',
    ticket === undefined ? undefined : `ticket ${plain(ticket)}`,
    author === undefined ? undefined : `by ${plain(author.replace(/\s*<[^>]*>/, ''))}`,
    `way back: ${wayBack}`,
  ].filter((fact) => fact !== undefined)
  const rows = up.map((step) => `| ${operationCells(step).join(' | ')} |`)
  const operations =
    rows.length === 0
      ? 'It has no statement.'
      : table(['Operation', 'Object', 'Reason', 'Lock', 'Rewrites', 'Data', 'Way back'], rows, detail)
  return [
    `### ${code(name)}`,
    '',
    ...(description === undefined ? [] : [plain(description), '']),
    `${facts.join(' · ')} · ${code(file)}`,
    '',
    operations,
    ...(detail.sql
      ? ['', ...sqlDetails('SQL up', up, detail), ...(down === undefined ? [] : ['', ...sqlDetails('SQL down', down, detail)])]
      : []),
  ].join('\n')
}

function operationCells({
  verb,
  object,
  reason,
  lock,
  rewrites,
  loss,
  loses,
  reversibility,
  transactional,
}: ReviewedStep): readonly string[] {
  return [
    `${code(verb, true)}${transactional ? '' : ' alone'}`,
    object === undefined ? '' : code(object, true),
    reason === undefined ? '' : plain(reason),
    lock === undefined ? '' : plain(lock),
    rewrites === undefined ? (verb.startsWith('ALTER TABLE') ? 'unknown' : '') : rewrites ? '**yes**' : 'no',
    loss === 'none' ? '' : `${loss === 'certain' ? '**loses**' : 'may lose'} ${plain(loses ?? 'data')}`,
    reversibility ?? '',
  ]
}

function sqlDetails(title: string, steps: readonly ReviewedStep[], { statements, characters }: MarkdownDetail): readonly string[] {
  if (steps.length === 0) return []
  const texts = steps.map(({ sql, kind }) =>
    sql === undefined ? `-- a step of the kind ${kind}: it has no SQL` : `${shortened(sql, characters)};`,
  )
  const block = limited(texts, statements, (count) => `-- … and ${count} more statements`).join('\n\n')
  return ['<details>', `<summary>${title}</summary>`, '', codeBlock(block, 'sql'), '', '</details>']
}

function removedSection({ removed }: ReviewDocument, { rows }: MarkdownDetail): string {
  if (removed.length === 0) return ''
  const lines = removed.map(({ file }) => `- ${code(file)}`)
  return ['### Deleted migrations', '', ...limited(lines, rows, moreItems)].join('\n')
}

function objectSection({ objects }: ReviewDocument, detail: MarkdownDetail): string {
  if (objects.length === 0) return ''
  const list = (names: readonly string[]): string =>
    `${names
      .slice(0, 8)
      .map((name) => code(name, true))
      .join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}`
  const rows = objects.map(
    ({ object, does, members, dependents }) => `| ${code(object, true)} | ${does} | ${list(members)} | ${list(dependents)} |`,
  )
  return `### Objects\n\n${table(['Object', 'The change', 'In it', 'What depends on it'], rows, detail)}`
}

function schemaSection({ schema }: ReviewDocument, { diagram, rows }: MarkdownDetail): string {
  if (schema === undefined) return ''
  if (schema.lines.length === 0) return '### Difference of the schema\n\nNone.'
  const lines = codeBlock(limited(schema.lines, rows, (count) => `… and ${count} more`).join('\n'), 'diff')
  return ['### Difference of the schema', ...(diagram && schema.mermaid !== '' ? [codeBlock(schema.mermaid, 'mermaid')] : []), lines].join(
    '\n\n',
  )
}

function peopleSection({ owners, approvals }: ReviewDocument, detail: MarkdownDetail): string {
  if (owners.length === 0 && approvals.length === 0) return ''
  const needed = approvals.map(({ anyOf, because }) => `- ${anyOf.map((who) => code(who)).join(' or ')}: ${plain(because)}`)
  const rows = owners.map(({ owner, of, from }) => {
    const more = of.length > 8 ? ` and ${of.length - 8} more` : ''
    const source = from === 'entities' ? '`owner` of the entity' : 'CODEOWNERS'
    return `| ${code(owner, true)} | ${of
      .slice(0, 8)
      .map((each) => code(each, true))
      .join(', ')}${more} | ${source} |`
  })
  return [
    '### Owners and approvals',
    ...(rows.length === 0 ? [] : [table(['Owner', 'Of', 'Says'], rows, detail)]),
    ...(needed.length === 0 ? [] : [`Has to agree:\n\n${limited(needed, detail.rows, moreItems).join('\n')}`]),
  ].join('\n\n')
}
