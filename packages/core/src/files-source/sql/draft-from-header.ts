import type { MergeDecision, ParentLink, Phase, Reversibility, TransactionMode } from '../../contract/migration.ts'
import { coreErrors } from '../../errors/errors.ts'
import type { YamaError } from '../../errors/yama-error.ts'
import type { MigrationDraft } from '../file-reader.ts'
import { type HeaderField, type HeaderFields, type HeaderKey, invalidValue } from './header-fields.ts'

export interface HeaderDraft {
  readonly draft: Omit<MigrationDraft, 'kind' | 'up'>
  readonly problems: readonly YamaError[]
}

const list = (value: string): readonly string[] =>
  value
    .replaceAll(/^\[|\]$/g, '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

/** What the header's fields mean; several mistakes are found in one go. */
export function draftFromHeader({ fields, hasId, other, problems: found }: HeaderFields, file: string, name: string): HeaderDraft {
  const problems: YamaError[] = [...found]
  const value = (key: HeaderKey): string | undefined => fields.get(key)?.value
  const oneOf = <T extends string>(key: HeaderKey, values: readonly T[]): T | undefined => {
    const field = fields.get(key)
    if (field === undefined) return undefined
    const chosen = values.find((each) => each === field.value)
    if (chosen === undefined) problems.push(invalidValue(field, file, values.join(', ').replace(/, (\S+)$/, ' or $1')))
    return chosen
  }
  const withoutId = hasId ? undefined : fields.get('parents')
  if (withoutId !== undefined) {
    problems.push(
      coreErrors.YAMA_SOURCE_HEADER_ID({ file, key: 'parents', id: name }, { position: { file, line: withoutId.line, column: 4 } }),
    )
  }
  const parents = readParents(fields.get('parents'), file, problems)
  const covers = readParents(fields.get('covers'), file, problems)
  const state = readState(fields.get('state'), file, problems)
  const phase = oneOf<Phase>('phase', ['expand', 'migrate', 'contract'])
  const transaction = oneOf<TransactionMode>('transaction', ['auto', 'none'])
  const reversibility = oneOf<Reversibility>('reversibility', ['lossless', 'lossy', 'irreversible'])
  const repeatable = oneOf<'true' | 'always'>('repeatable', ['true', 'always'])
  const metadata = {
    ...pick('description', value('description')),
    ...pick('author', value('author')),
    ...pick('date', value('date')),
    ...pick('ticket', value('ticket')),
    other,
  }
  return {
    draft: {
      ...pick('id', hasId ? value('id') : undefined),
      ...pick('parents', parents),
      ...pick('covers', covers),
      ...pick('phase', phase),
      ...pick('transaction', transaction === undefined ? undefined : { up: transaction, down: transaction }),
      ...pick('reversibility', reversibility),
      ...pick<'repeatable', MigrationDraft['repeatable'] & string>('repeatable', repeatable === 'true' ? 'changed' : repeatable),
      ...pick('state', state),
      ...pick('merge', readMerge(fields, file, problems)),
      ...pick('appliesTo', value('applies-to')),
      requires: list(value('requires') ?? ''),
      ...pick('needs', fields.has('needs') ? list(value('needs') ?? '') : undefined),
      metadata,
    },
    problems,
  }
}

const pick = <K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } =>
  (value === undefined || value === '' ? {} : { [key]: value }) as { readonly [key in K]?: V }

const readParents = (field: HeaderField | undefined, file: string, problems: YamaError[]): readonly ParentLink[] | undefined => {
  if (field === undefined) return undefined
  if (field.value === '' || field.value === 'none') return []
  return list(field.value).map((item) => {
    const [id = '', link, ...rest] = item.split('@')
    if (id === '' || rest.length > 0 || (link !== undefined && !/^[0-9a-f]{16}$/.test(link))) {
      problems.push(invalidValue(field, file, 'a list of id@link with links of 16 hex digits, or none'))
    }
    return link === undefined ? { id } : { id, link }
  })
}

/** A decision needs two migrations and a reason. */
const readMerge = (fields: HeaderFields['fields'], file: string, problems: YamaError[]): MergeDecision | undefined => {
  const [order, independent, reason] = [fields.get('merge-order'), fields.get('merge-independent'), fields.get('merge-reason')]
  const stated = order ?? independent ?? reason
  if (stated === undefined) return undefined
  const ids = (field: HeaderField | undefined): readonly string[] => list(field?.value ?? '')
  if (ids(order).length === 1 || ids(independent).length === 1 || (order === undefined && independent === undefined))
    problems.push(invalidValue(stated, file, 'at least two ids in merge-order or merge-independent'))
  if ((reason?.value ?? '') === '') problems.push(invalidValue(stated, file, 'given together with a merge-reason'))
  return {
    ...pick('order', order === undefined ? undefined : ids(order)),
    ...pick('independent', independent === undefined ? undefined : ids(independent)),
    reason: reason?.value ?? '',
  }
}

const readState = (field: HeaderField | undefined, file: string, problems: YamaError[]): MigrationDraft['state'] => {
  if (field === undefined) return undefined
  const [before, after, ...rest] = field.value.split('->').map((side) => side.trim())
  if (before !== undefined && after !== undefined && before !== '' && after !== '' && rest.length === 0) return { before, after }
  problems.push(invalidValue(field, file, 'two state hashes: before -> after'))
  return undefined
}
