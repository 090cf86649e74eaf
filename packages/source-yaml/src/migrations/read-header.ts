import { closestName } from '@yama/core'
import type { MigrationMetadata, ParentLink, Phase, Reversibility } from '@yama/core'
import type { MigrationDraft } from '@yama/core/files'
import { sourceYamlErrors } from '../errors/errors.ts'
import type { SourceDocument } from '../read/source-document.ts'

const phases: readonly Phase[] = ['expand', 'migrate', 'contract']
const reversibilities: readonly Reversibility[] = ['lossless', 'lossy', 'irreversible']
/** For people and later versions; kept as metadata. */
const noted = [
  'owner',
  'lockTimeout',
  'statementTimeout',
  'retry',
  'breaking',
  'approvals',
  'tenancy',
  'expectedDuration',
  'verify',
] as const
const known = [
  'id',
  'parents',
  'description',
  'doc',
  'author',
  'date',
  'ticket',
  'phase',
  'transaction',
  'transactional',
  'reversible',
  'requires',
  'needs',
  'appliesTo',
  'state',
  'version',
  'up',
  'down',
  ...noted,
]

export type Header = Omit<MigrationDraft, 'kind' | 'up' | 'down' | 'meaning'>

/** The keys above the steps. */
export function readHeader(document: SourceDocument, data: Readonly<Record<string, unknown>>): Header {
  const refuse = (key: string, problem: string, fix: string, at: 'key' | 'value' = 'value'): Error =>
    sourceYamlErrors.YAMA_MIGRATION_YAML(
      { file: document.file, problem, fix },
      { position: at === 'key' ? document.keyAt([key]) : document.at([key]) },
    )
  for (const key of Object.keys(data)) {
    if (known.includes(key)) continue
    const near = closestName(key, known)
    throw refuse(
      key,
      `it has the unknown key \`${key}\``,
      near === undefined ? 'Remove it; steps stand below `up:` and `down:`.' : `Did you mean \`${near}\`?`,
      'key',
    )
  }
  const text = (key: string): string | undefined => {
    const value = data[key]
    if (value === undefined || typeof value === 'string') return value
    if (typeof value === 'number' || typeof value === 'boolean') return document.sourceOf([key]) ?? String(value)
    throw refuse(key, `\`${key}\` is not text`, 'Write one text.')
  }
  const oneOf = <T extends string>(key: string, words: readonly T[]): T | undefined => {
    const value = text(key)
    if (value === undefined) return undefined
    const found = words.find((word) => word === value)
    if (found === undefined) throw refuse(key, `\`${key}\` cannot be \`${value}\``, `Write one of: ${words.join(', ')}.`)
    return found
  }
  const list = (key: string): readonly string[] | undefined => {
    const value = data[key]
    if (value === undefined) return undefined
    if (typeof value === 'string') return value.split(/[\s,]+/).filter((each) => each !== '')
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value as readonly string[]
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return Object.entries(value).map(([name, each]) => `${name}:${String(each)}`)
    throw refuse(key, `\`${key}\` is not a list of texts`, 'Write a list.')
  }
  const id = text('id')
  const parents = list('parents')?.map((each): ParentLink => {
    const [parent = '', link] = each.split('@')
    return link === undefined ? { id: parent } : { id: parent, link }
  })
  const phase = oneOf('phase', phases)
  const mode = oneOf('transaction', ['auto', 'none'] as const) ?? (data['transactional'] === false ? 'none' : undefined)
  const reversibility = reversible(text('reversible'))
  const requires = list('requires')
  const needs = typeof data['needs'] === 'string' ? data['needs'].split(/\s*,\s*/) : list('needs')
  const appliesTo = text('appliesTo')
  const state = stateOf(text('state'))
  const metadata = metadataOf(text, data)
  return {
    ...(id === undefined ? {} : { id }),
    ...(parents === undefined ? {} : { parents }),
    ...(phase === undefined ? {} : { phase }),
    ...(mode === undefined ? {} : { transaction: { up: mode, down: mode } }),
    ...(reversibility === undefined ? {} : { reversibility }),
    ...(requires === undefined ? {} : { requires }),
    ...(needs === undefined ? {} : { needs }),
    ...(appliesTo === undefined ? {} : { appliesTo }),
    ...(state === undefined ? {} : { state }),
    metadata,
  }
}

/** `irreversible(reason)` keeps its reason for people; `auto` and `manual` say nothing about loss. */
function reversible(value: string | undefined): Reversibility | undefined {
  return reversibilities.find((each) => value?.startsWith(each) === true)
}

function stateOf(value: string | undefined): { readonly before: string; readonly after: string } | undefined {
  const match = /^(\S+)\s*->\s*(\S+)$/.exec(value ?? '')
  return match?.[1] === undefined || match[2] === undefined ? undefined : { before: match[1], after: match[2] }
}

function metadataOf(text: (key: string) => string | undefined, data: Readonly<Record<string, unknown>>): Partial<MigrationMetadata> {
  const description = text('description') ?? text('doc')
  const [author, date, ticket] = [text('author'), text('date'), text('ticket')]
  const other: Record<string, string> = {}
  for (const key of noted) if (data[key] !== undefined) other[key] = typeof data[key] === 'string' ? data[key] : JSON.stringify(data[key])
  const why = text('reversible')
  if (why !== undefined) other['reversible'] = why
  return {
    ...(description === undefined ? {} : { description }),
    ...(author === undefined ? {} : { author }),
    ...(date === undefined ? {} : { date }),
    ...(ticket === undefined ? {} : { ticket }),
    other,
  }
}
