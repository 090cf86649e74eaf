import type { AnyDelta } from '../contract/delta.ts'
import { parseFactId } from '../facts/parse-fact-id.ts'

const slug = (text: string): string =>
  text
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toLowerCase()

/**
 * A change in a few words, for a migration's name; `''` where nothing changes.
 *
 * @example 'create_users', 'add_email_to_users', 'rename_users_to_people', 'alter_users', 'create_users_and_2_more'
 */
export function summarise(deltas: readonly AnyDelta[]): string {
  const subjects = new Map<string, AnyDelta[]>()
  for (const delta of deltas) subjects.set(subjectOf(delta), [...(subjects.get(subjectOf(delta)) ?? []), delta])
  const phrases = [...subjects].map(([subject, own]) => phrase(subject, own))
  phrases.sort((a, b) => a.rank - b.rank)
  const [first, ...rest] = phrases
  if (first === undefined) return ''
  const whole =
    rest.length === 0
      ? first.text
      : rest.length === 1 && rest[0] !== undefined
        ? `${first.text}_and_${rest[0].text}`
        : `${first.text}_and_${rest.length}_more`
  return (whole.length > 60 && rest.length === 1 ? `${first.text}_and_1_more` : whole).slice(0, 80)
}

/** The table of a member, else the object itself: one phrase each. */
function subjectOf(delta: AnyDelta): string {
  const { kind, schema, table, name } = parseFactId(delta.id)
  return table === undefined ? `${kind === 'view' ? 'table' : kind}\0${schema}\0${name}` : `table\0${schema}\0${table}`
}

function phrase(subject: string, deltas: readonly AnyDelta[]): { readonly rank: number; readonly text: string } {
  const [kind = '', , name = ''] = subject.split('\0')
  const whole = deltas.filter((delta) => parseFactId(delta.id).table === undefined)
  const object = slug(kind === 'table' || kind === 'view' ? name : `${kind}_${name}`)
  const renamed = whole.find((delta) => delta.change === 'rename')
  if (renamed?.change === 'rename') return { rank: 1, text: `rename_${slug(renamed.from.name)}_to_${object}` }
  const replaced = whole.some((delta) => delta.change === 'add') && whole.some((delta) => delta.change === 'drop')
  if (replaced) return { rank: 6, text: `alter_${object}` }
  if (whole.some((delta) => delta.change === 'add')) return { rank: kind === 'table' ? 0 : 4, text: `create_${object}` }
  if (whole.some((delta) => delta.change === 'drop')) return { rank: kind === 'table' ? 3 : 5, text: `drop_${object}` }
  return { rank: 2, text: memberPhrase(object, deltas) }
}

function memberPhrase(object: string, deltas: readonly AnyDelta[]): string {
  const columns = deltas.filter((delta) => delta.kind === 'column')
  // Keys and indexes that come with a column are not worth a name of their own.
  const told = columns.length > 0 ? columns : deltas
  const [only] = told
  if (told.length !== 1 || only === undefined) return `alter_${object}`
  const name = slug(parseFactId(only.id).name)
  if (only.change === 'rename') return `rename_${slug(only.from.name)}_to_${name}_in_${object}`
  if (only.change === 'alter') return only.kind === 'column' ? `alter_${name}_of_${object}` : `alter_${object}`
  const direction = only.change === 'add' ? (['add', 'to'] as const) : (['drop', 'from'] as const)
  return `${direction[0]}_${name}_${direction[1]}_${object}`
}
