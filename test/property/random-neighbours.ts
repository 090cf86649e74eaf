import type { DatabaseKind } from '@yama/core'
import fc from 'fast-check'

/** Something that an edit changes in one table. */
export interface Neighbour {
  readonly columns: readonly ('text' | 'varchar' | 'bigint' | 'mood' | 'money')[]
  readonly key: 'identity' | 'named' | 'pair'
  readonly points: readonly number[]
  readonly check: 'none' | 'range' | 'mood'
  readonly index: 'none' | 'plain' | 'expression' | 'partial' | 'unique'
  readonly view: 'none' | 'all' | 'one' | 'view'
  readonly preset: boolean
  readonly doc: boolean
  /** The name that a neighbour's sequence would have. */
  readonly odd: boolean
}
export interface Neighbourhood {
  readonly tables: readonly (Neighbour | undefined)[]
  readonly moods: number
}

const neighbour: fc.Arbitrary<Neighbour> = fc.record({
  columns: fc.array(fc.constantFrom('text' as const, 'varchar' as const, 'bigint' as const, 'mood' as const, 'money' as const), {
    minLength: 1,
    maxLength: 3,
  }),
  key: fc.constantFrom('identity' as const, 'named' as const, 'pair' as const),
  points: fc.array(fc.nat(11), { maxLength: 2 }),
  check: fc.constantFrom('none' as const, 'range' as const, 'mood' as const),
  index: fc.constantFrom('none' as const, 'plain' as const, 'expression' as const, 'partial' as const, 'unique' as const),
  view: fc.constantFrom('none' as const, 'none' as const, 'all' as const, 'all' as const, 'one' as const, 'view' as const),
  preset: fc.boolean(),
  doc: fc.boolean(),
  odd: fc.integer({ min: 0, max: 60 }).map((number) => number === 0),
})
const tables = fc.array(fc.option(neighbour, { nil: undefined, freq: 8 }), { minLength: 10, maxLength: 12 })

const aspects = fc.subarray(['columns', 'key', 'points', 'check', 'index', 'view', 'preset', 'doc'] as const, {
  minLength: 1,
  maxLength: 2,
})
const edit = fc.record({ at: fc.nat(11), to: neighbour, aspects, kind: fc.constantFrom('some', 'some', 'some', 'all', 'gone') })

/** A schema, and the same after one or two edits; an edit touches little of a table, so that what looks at it stays. */
export const randomNeighbours: fc.Arbitrary<{ readonly a: Neighbourhood; readonly b: Neighbourhood }> = fc
  .tuple(tables, fc.nat(2), fc.array(edit, { minLength: 1, maxLength: 2 }), fc.nat(9))
  .map(([before, moods, edits, chance]) => {
    const after = [...before]
    for (const { at, to, aspects: some, kind } of edits) {
      const old = after[at % before.length]
      if (kind === 'gone') after[at % before.length] = undefined
      else if (kind === 'all' || old === undefined) after[at % before.length] = to
      else after[at % before.length] = { ...old, ...Object.fromEntries(some.map((aspect) => [aspect, to[aspect]])) }
    }
    return { a: { tables: before, moods }, b: { tables: after, moods: chance === 0 ? (moods + 1) % 3 : moods } }
  })

const types = { text: 'text?', varchar: 'string(40)?', bigint: 'bigint?', mood: 'Mood?', money: 'decimal(10, 2)?' } as const
const presets: Readonly<Record<string, string>> = { text: 'new', varchar: 'it', bigint: '7', mood: 'happy', money: '0' }

/**
 * A neighbourhood as entities, in the YAML that JSON is. MySQL and MariaDB index no text without a length and no part of the rows, and check no column
 * that numbers itself: there these are left out.
 */
export function neighbourhoodText({ tables: list, moods }: Neighbourhood, kind: DatabaseKind = 'postgres'): string {
  const mysql = kind === 'mysql' || kind === 'mariadb'
  const entities: Record<string, unknown> = {}
  const views: Record<string, unknown> = {}
  for (const [t, entry] of list.entries()) {
    if (entry === undefined) continue
    const fields: Record<string, unknown> = { id: entry.key === 'named' ? 'bigint! primary' : 'bigint! primary identity' }
    for (const [c, type] of entry.columns.entries())
      fields[`c${c}`] = {
        type: mysql && type === 'text' ? 'string(500)?' : types[type],
        ...(entry.preset ? { default: presets[type] } : {}),
        ...(entry.doc ? { doc: 'Said in words.' } : {}),
      }
    for (const [r, to] of entry.points.entries()) if (list[to] !== undefined) fields[`r${r}`] = `T${to}?`
    const checks = {
      ...(entry.check === 'range' && !(mysql && entry.key !== 'named') ? { [`t${t}_range`]: 'id > 0 and id in (1, 2, 3)' } : {}),
      ...(entry.check === 'mood' && entry.columns[0] === 'mood' ? { [`t${t}_mood`]: "c0 <> 'happy'" } : {}),
    }
    const indexes = {
      none: [],
      plain: [{ fields: ['c0'] }],
      expression: entry.columns[0] === 'text' && !mysql ? [{ fields: [{ expression: 'lower(c0)' }], name: `t${t}_lower` }] : [],
      partial: mysql ? [{ fields: ['id', 'c0'] }] : [{ fields: ['id'], where: 'c0 is not null' }],
      unique: [],
    }[entry.index]
    const unique = entry.index === 'unique' ? [{ fields: ['id', 'c0'] }] : []
    entities[`T${t}`] = {
      table: entry.odd ? `t${(t + 1) % list.length}_id_seq` : `t${t}`,
      fields,
      ...(Object.keys(checks).length === 0 ? {} : { checks }),
      ...(indexes.length === 0 ? {} : { indexes }),
      ...(unique.length === 0 ? {} : { unique }),
    }
    const from = entry.odd ? `t${(t + 1) % list.length}_id_seq` : `t${t}`
    const other = list.findIndex((each, at) => each !== undefined && each.view === 'one' && at !== t)
    if (entry.view === 'all') views[`v${t}`] = { query: `select * from ${from}` }
    else if (entry.view === 'one') views[`v${t}`] = { query: `select id, c0 as known from ${from}` }
    else if (entry.view === 'view' && other >= 0)
      views[`v${t}`] = { query: `select a.known, b.id from v${other} a join ${from} b on a.id = b.id` }
  }
  const values = ['happy', 'sad', 'calm'].slice(0, moods + 1)
  const doc = { version: 1, enums: { Mood: { values } }, entities, ...(Object.keys(views).length === 0 ? {} : { views }) }
  return JSON.stringify(doc, null, 1)
}
