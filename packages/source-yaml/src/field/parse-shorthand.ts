import { didYouMean } from '../errors/did-you-mean.ts'
import type { FieldObject } from '../schema/types.ts'
import { type FieldToken, tokenizeField } from './tokenize-field.ts'

export interface FieldProblem {
  readonly code: 'YAMA_ENTITY_FIELD_SYNTAX' | 'YAMA_ENTITY_MODIFIER_UNKNOWN'
  readonly details: Readonly<Record<string, string>>
  readonly offset: number
}
export interface Shorthand {
  readonly object: FieldObject
  /** Characters into the text, by key of the object. */
  readonly offsets: Readonly<Record<string, number>>
  readonly problems: readonly FieldProblem[]
}

const flags = ['primary', 'unique', 'indexed', 'sensitive', 'stored', 'notValid'] as const
const actions = ['cascade', 'restrict', 'setNull', 'setDefault', 'noAction'] as const
const deferrals = ['deferrable', 'immediate', 'deferred', 'initiallyImmediate', 'initiallyDeferred'] as const
const valued = ['was', 'through', 'column', 'onUpdate', 'onDelete', 'default', 'match', 'constraint', 'references', 'collation'] as const
/** Of the earlier format; they have no effect on a table. */
const earlier = ['readonly', 'writeOnly', 'generated', 'autoUpdate', 'timestamps', 'required'] as const
export const modifierWords: readonly string[] = [...flags, ...actions, ...deferrals, 'identity', ...valued.map((each) => `${each}:`)]

const among = <T extends string>(list: readonly T[], word: string): word is T => (list as readonly string[]).includes(word)

/** Text which would mean something else than itself when written without quotes. */
export const isSpecialText = (text: string): boolean =>
  /^(true|false|null)$|^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$|^[[{(]|^[\w.]+\(.*\)$/is.test(text)

/** `string(120)! unique = x` as the object it stands for. */
export function parseShorthand(source: string): Shorthand {
  const object: Record<string, unknown> = {}
  const offsets: Record<string, number> = {}
  const problems: FieldProblem[] = []
  const syntax = (problem: string, fix: string, offset: number): void =>
    void problems.push({ code: 'YAMA_ENTITY_FIELD_SYNTAX', details: { problem, fix }, offset })
  const done = (): Shorthand => ({ object: object as FieldObject, offsets, problems })
  const lexed = tokenizeField(source)
  if ('syntax' in lexed) {
    syntax(lexed.syntax.problem, lexed.syntax.fix, lexed.syntax.offset)
    return done()
  }
  const { tokens } = lexed
  let at = 0
  const next = (): FieldToken | undefined => tokens[at]
  const set = (key: string, value: unknown, offset: number): void => {
    if (key in object) syntax(`\`${key}\` is given twice`, 'Keep one of them.', offset)
    object[key] = value
    offsets[key] = offset
  }
  /** One value: a word with a glued parenthesis, a quoted text, JSON, or a parenthesis (raw SQL). */
  const value = (first: FieldToken | undefined, offset: number): unknown => {
    if (first === undefined || first.kind === 'mark') {
      syntax('a value is missing', 'Write the value after it.', offset)
      return undefined
    }
    if (first.kind === 'text') return isSpecialText(first.text) ? { value: first.text } : first.text
    if (first.kind === 'json') return first.text
    if (first.kind === 'group') return { sql: first.text.slice(1, -1).trim() }
    const group = next()
    if (group?.kind === 'group' && group.glued) {
      at++
      return first.text + group.text
    }
    return scalar(first.text)
  }

  const head = next()
  if (head === undefined || head.kind !== 'word') {
    syntax(
      head === undefined ? 'it is empty' : `a type was expected, not \`${head.text}\``,
      'Begin with a type: string!, int?, User!',
      head?.offset ?? 0,
    )
    return done()
  }
  at++
  let end = head.offset + head.text.length
  for (
    let token = next();
    token !== undefined &&
    token.glued &&
    (token.kind === 'group' || token.text === '[]' || (token.kind === 'json' && head.text === 'enum'));
    token = next()
  ) {
    end = token.offset + token.text.length
    at++
  }
  let type = source.slice(head.offset, end)
  const mark = next()
  if (mark?.kind === 'mark' && (mark.text === '!' || mark.text === '?')) {
    type += mark.text
    at++
  }
  set('type', type, head.offset)

  for (let token = next(); token !== undefined; token = next()) {
    at++
    const { text, offset } = token
    if (text === '=' && token.kind === 'mark') {
      const first = next()
      at++
      const given = value(first, offset)
      if (given !== undefined) set('default', given, first?.offset ?? offset)
    } else if (token.kind !== 'word') {
      if (text === '!' || text === '?')
        syntax(
          `\`${text}\` stands ${/[!?]$/.test(type) ? 'here a second time' : 'apart from the type'}`,
          `Write it once, directly after the type: ${type.replace(/[!?]$/, '')}${text}`,
          offset,
        )
      else syntax(`\`${text}\` has no meaning here`, 'Write `= value` for a default; quote text with spaces.', offset)
    } else if (among(flags, text)) set(text, true, offset)
    else if (among(actions, text)) set('onDelete', text, offset)
    else if (among(deferrals, text)) set('deferrable', text === 'deferrable' ? true : text, offset)
    else if (among(earlier, text)) set(`earlier:${text}`, true, offset)
    else if (text === 'identity') {
      const group = next()
      const mode = group?.kind === 'group' && group.glued ? group.text.slice(1, -1).trim() : undefined
      if (mode !== undefined) at++
      if (mode !== undefined && !['always', 'default', 'serial'].includes(mode))
        syntax(`identity(${mode}) is unknown`, didYouMean(mode, ['always', 'default', 'serial']), group?.offset ?? offset)
      else set('identity', mode ?? true, offset)
    } else {
      const colon = text.indexOf(':')
      const key = colon < 0 ? text : text.slice(0, colon)
      if (colon < 0 || !among(valued, key)) {
        problems.push({
          code: 'YAMA_ENTITY_MODIFIER_UNKNOWN',
          details: { modifier: text, fix: didYouMean(colon < 0 ? text : `${key}:`, modifierWords) },
          offset,
        })
        continue
      }
      const rest = text.slice(colon + 1)
      const after = next()
      if (rest === '' && !(after?.glued === true && after.kind !== 'mark')) {
        syntax(`\`${key}:\` has no value`, `Write it without a space: ${key}:value`, offset)
        continue
      }
      const first: FieldToken =
        rest === '' && after !== undefined ? after : { kind: 'word', text: rest, offset: offset + colon + 1, glued: true }
      if (rest === '') at++
      let given = key === 'default' || key === 'onUpdate' ? value(first, offset) : first.text
      if (key === 'was' || key === 'references') {
        const list = [first.text]
        while (next()?.text === ',' && tokens[at + 1]?.kind === 'word') {
          list.push(tokens[at + 1]?.text ?? '')
          at += 2
        }
        given = list.length === 1 ? list[0] : list
      }
      set(key, typeof given === 'number' && key === 'onUpdate' ? String(given) : given, offset)
    }
  }
  return done()
}

/** As YAML would read the word, where that loses no digit. */
function scalar(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  if (text === 'null') return null
  if (/^-?\d/.test(text) && String(Number(text)) === text) return Number(text)
  return text
}
