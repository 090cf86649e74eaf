import type { Diagnostic } from '@yama/core'
import type { DiagramTable, ReviewDocument, ReviewedMigration, ReviewedStep, SchemaDifference } from '../contract/review-document.ts'
import { environmentCells, ENVIRONMENT_TITLES } from './environment-cells.ts'
import { HTML_STYLE } from './html-style.ts'
import { LONGEST_STATEMENT, shortened } from './shortened.ts'

const SEVERITIES = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Diagnostic['severity'], string>

/** The document as one HTML file that needs nothing else: no script, no network, dark where the reader wants it. */
export function html(document: ReviewDocument): string {
  const title = document.project === 'default' ? 'Review of the migrations' : `Review of the migrations of ${document.project}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${text(title)}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<h1>${text(title)}</h1>
<p>${text(document.summary)}</p>
<p><strong class="risk ${document.risk.level}">Risk: ${document.risk.level}</strong> ${text(document.risk.because.join('; '))}</p>
${[losses(document), findings(document), environments(document), ...document.migrations.map(migration), removed(document), objects(document), difference(document.schema), people(document)].filter((part) => part !== '').join('\n')}
</body>
</html>
`
}

/** Text that stays text, in elements and in attributes. */
const text = (value: string): string =>
  value
    .replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F\u202A-\u202E\u2066-\u2069]/g, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

/** A sentence of Yama's: what stands in backticks is code. */
const prose = (value: string): string => text(value).replaceAll(/`([^`]+)`/g, '<code>$1</code>')
const code = (value: string): string => `<code>${text(value)}</code>`
const list = (items: readonly string[]): string => `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`
const codes = (values: readonly string[]): string => values.map(code).join(', ')

const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<div class="wide"><table><thead><tr>${titles.map((title) => `<th>${title}</th>`).join('')}</tr></thead><tbody>${rows
    .map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('\n')}</tbody></table></div>`

function losses({ losses: lost, confirmation }: ReviewDocument): string {
  if (lost.length === 0) return ''
  const items = lost.map(({ loss, what }) => `${loss === 'certain' ? '<strong class="bad">loses</strong>' : 'may lose'} ${text(what)}`)
  const note = confirmation ? '<p><code>yama up</code> asks for the digest of its plan before it runs this.</p>' : ''
  return `<h2>Data lost</h2>${list(items)}${note}`
}

function findings({ findings: found }: ReviewDocument): string {
  if (found.length === 0) return '<h2>Findings</h2><p>None.</p>'
  const rows = found.map(({ severity, message, hint, position, code: name }) => [
    `<span class="${severity}">${SEVERITIES[severity]}</span>`,
    `${prose(message)}${hint === undefined ? '' : `<br><small>${prose(hint)}</small>`}`,
    position === undefined ? '' : code(`${position.file}:${position.line}`),
    code(name),
  ])
  return `<h2>Findings</h2>${table(['', 'What', 'Where', 'Code'], rows)}`
}

function environments({ environments: found }: ReviewDocument): string {
  if (found.length === 0) return ''
  const bold = (cell: string): string => cell.replaceAll(/\*\*(no|touched)\*\*/g, '<strong class="bad">$1</strong>')
  return `<h2>Environments</h2>${table(
    ENVIRONMENT_TITLES,
    found.map((each) => environmentCells(each, code, text).map(bold)),
  )}`
}

function migration({ name, file, change, phase, description, author, ticket, wayBack, up, down }: ReviewedMigration): string {
  const facts = [
    change === 'edited' ? '<strong>changed: the base has it with another meaning</strong>' : '',
    `phase ${phase}`,
    ticket === undefined ? '' : `ticket ${text(ticket)}`,
    author === undefined ? '' : `by ${text(author.replace(/\s*<[^>]*>/, ''))}`,
    `way back: ${text(wayBack)}`,
    code(file),
  ].filter((fact) => fact !== '')
  const rows = up.map((step) => [
    `${code(step.verb)}${step.transactional ? '' : ' alone'}`,
    step.object === undefined ? '' : code(step.object),
    text(step.reason ?? ''),
    text(step.lock ?? ''),
    step.rewrites === undefined ? (step.verb.startsWith('ALTER TABLE') ? 'unknown' : '') : step.rewrites ? '<strong>yes</strong>' : 'no',
    step.loss === 'none'
      ? ''
      : `${step.loss === 'certain' ? '<strong class="bad">loses</strong>' : 'may lose'} ${text(step.loses ?? 'data')}`,
    step.reversibility ?? '',
  ])
  return [
    `<h2>${code(name)}</h2>`,
    description === undefined ? '' : `<p>${text(description)}</p>`,
    `<p>${facts.join(' · ')}</p>`,
    rows.length === 0
      ? '<p>It has no statement.</p>'
      : table(['Operation', 'Object', 'Reason', 'Lock', 'Rewrites', 'Data', 'Way back'], rows),
    sql('SQL up', up),
    down === undefined ? '' : sql('SQL down', down),
  ].join('')
}

function sql(title: string, steps: readonly ReviewedStep[]): string {
  if (steps.length === 0) return ''
  const texts = steps.map(({ sql: statement, kind }) =>
    statement === undefined ? `-- a step of the kind ${kind}: it has no SQL` : `${shortened(statement, LONGEST_STATEMENT)};`,
  )
  return `<details><summary>${title}</summary><pre>${text(texts.join('\n\n'))}</pre></details>`
}

const removed = ({ removed: gone }: ReviewDocument): string =>
  gone.length === 0 ? '' : `<h2>Deleted migrations</h2>${list(gone.map(({ file }) => code(file)))}`

function objects({ objects: touched }: ReviewDocument): string {
  if (touched.length === 0) return ''
  const rows = touched.map(({ object, does, members, dependents }) => [code(object), does, codes(members), codes(dependents)])
  return `<h2>Objects</h2>${table(['Object', 'The change', 'In it', 'What depends on it'], rows)}`
}

const SIGN = { added: '+', removed: '−', changed: '~', same: '' } as const

function difference(schema: SchemaDifference | undefined): string {
  if (schema === undefined) return ''
  if (schema.lines.length === 0) return '<h2>Difference of the schema</h2><p>None.</p>'
  const keys = schema.keys
    .filter(({ status }) => status !== 'same')
    .map(({ name, table: from, columns, to, toColumns, status }) => {
      const words = `${from} (${columns.join(', ')}) → ${to} (${toColumns.join(', ')})`
      return `<span class="${status}">${SIGN[status]} ${code(name)} ${text(words)}</span>`
    })
  const mermaid = schema.mermaid === '' ? '' : `<details><summary>Diagram as mermaid</summary><pre>${text(schema.mermaid)}</pre></details>`
  return [
    `<h2>Difference of the schema</h2><div class="tables">${schema.tables.map(card).join('\n')}</div>`,
    keys.length === 0 ? '' : `<h3>Foreign keys</h3>${list(keys)}`,
    `<details><summary>Everything that differs (${schema.lines.length})</summary><pre>${text(schema.lines.join('\n'))}</pre></details>`,
    mermaid,
  ].join('')
}

function card({ name, status, was, columns }: DiagramTable): string {
  const rows = columns.map(({ name: column, type, status: part, primary, foreign, changes }) => {
    const marks = [primary ? 'PK' : '', foreign ? 'FK' : ''].filter((mark) => mark !== '').join(' ')
    const note = changes.length === 0 ? '' : `<br><small>${text(changes.join('; '))}</small>`
    return `<tr class="${part}"><td>${SIGN[part]}</td><td>${code(column)}${note}</td><td>${text(type)}</td><td>${marks}</td></tr>`
  })
  const former = was === undefined ? '' : ` <small>was ${code(was)}</small>`
  return `<section class="${status}"><h3>${SIGN[status]} ${code(name)}${former}</h3>${rows.length === 0 ? '' : `<table>${rows.join('')}</table>`}</section>`
}

function people({ owners, approvals }: ReviewDocument): string {
  if (owners.length === 0 && approvals.length === 0) return ''
  const rows = owners.map(({ owner, of, from }) => [
    code(owner),
    codes(of),
    from === 'entities' ? '<code>owner</code> of the entity' : 'CODEOWNERS',
  ])
  const needed = approvals.map(({ anyOf, because }) => `${anyOf.map(code).join(' or ')}: ${text(because)}`)
  return [
    '<h2>Owners and approvals</h2>',
    rows.length === 0 ? '' : table(['Owner', 'Of', 'Says'], rows),
    needed.length === 0 ? '' : `<h3>Has to agree</h3>${list(needed)}`,
  ].join('')
}
