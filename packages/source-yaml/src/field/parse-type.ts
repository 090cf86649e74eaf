import { PORTABLE_TYPES } from '@yama/schema'
import { didYouMean } from '../errors/did-you-mean.ts'
import { earlierAliases, parameterProblem, portableName, typeAliases } from './type-names.ts'
import type { TypeSpec } from './field-spec.ts'

export interface ParsedType {
  readonly type: TypeSpec
  readonly nullable: boolean | undefined
}
export interface TypeProblem {
  readonly code:
    | 'YAMA_ENTITY_FIELD_SYNTAX'
    | 'YAMA_ENTITY_TYPE_PARAMETERS'
    | 'YAMA_ENTITY_TYPE_UNKNOWN'
    | 'YAMA_ENTITY_ENUM_EMPTY'
    | 'YAMA_ENTITY_ENUM_DUPLICATE'
  readonly details: Readonly<Record<string, string>>
}

export const knownTypes: readonly string[] = [...PORTABLE_TYPES, ...Object.keys(typeAliases), 'enum']

/** `decimal(10, 2)[]!`. The earlier format also allows `string(3..30)` and an unmarked field to be null. */
export function parseType(text: string, earlier: boolean): ParsedType | TypeProblem {
  const parts = /^\s*([\p{L}_][\p{L}\p{N}_.]*)\s*(?:\(([^]*)\)|\[([^\]]+)\])?\s*((?:\[\])*)\s*(?:\([^()]*\))?\s*([!?]?)\s*$/u.exec(text)
  if (parts === null) {
    return {
      code: 'YAMA_ENTITY_FIELD_SYNTAX',
      details: { problem: `\`${text}\` is not a type`, fix: 'Write a type with `!` or `?`: string(120)!, int?, User!, Tag[]' },
    }
  }
  const [, word = '', group, list, brackets = '', mark] = parts
  const array = brackets.length / 2
  const nullable = mark === '!' ? false : mark === '?' ? true : earlier ? true : undefined
  if (word === 'enum') return enumType(group ?? list, array, nullable)
  const name = portableName(word, earlier)
  if (name === undefined) {
    if (group !== undefined || list !== undefined)
      return {
        code: 'YAMA_ENTITY_TYPE_UNKNOWN',
        details: {
          type: word,
          fix: didYouMean(word, knownTypes, 'Use a portable type, or `type: { sql: "…" }` for a type of the database.'),
        },
      }
    return { type: { kind: 'named', name: word, array, relation: false }, nullable }
  }
  const parameters: number[] = []
  for (const each of group === undefined || group.trim() === '' ? [] : group.split(',')) {
    const written = each.trim()
    const range = earlier ? /^(?:\d*\.\.)?(\d+)$/.exec(written) : /^(\d+)$/.exec(written)
    if (range?.[1] !== undefined) parameters.push(Number(range[1]))
    else if (!earlier)
      return {
        code: 'YAMA_ENTITY_TYPE_PARAMETERS',
        details: { problem: `\`${written}\` is not a whole number`, fix: `Write ${name} with whole numbers, or without parentheses.` },
      }
  }
  const fitting = earlier && !['string', 'char', 'decimal'].includes(name) ? [] : parameters
  if (earlier && word in earlierAliases && fitting.length === 0) {
    const lengths: Readonly<Record<string, number>> = { email: 320, phone: 32, slug: 160 }
    const length = lengths[word]
    if (length !== undefined) fitting.push(length)
  }
  const wrong = parameterProblem(name, fitting)
  if (wrong !== undefined) return { code: 'YAMA_ENTITY_TYPE_PARAMETERS', details: wrong }
  return { type: { kind: 'portable', type: { name, parameters: fitting, array } }, nullable }
}

function enumType(list: string | undefined, array: number, nullable: boolean | undefined): ParsedType | TypeProblem {
  const values = (list ?? '')
    .split(',')
    .map((each) => each.trim().replace(/^(['"])(.*)\1$/, '$2'))
    .filter((each) => each !== '')
  if (values.length === 0) return { code: 'YAMA_ENTITY_ENUM_EMPTY', details: {} }
  const twice = values.find((each, index) => values.indexOf(each) !== index)
  if (twice !== undefined) return { code: 'YAMA_ENTITY_ENUM_DUPLICATE', details: { value: twice } }
  return { type: { kind: 'enum', values, array }, nullable }
}
