import type { Effect, EffectLink } from '@yama/core'
import type { JudgedMigration } from './migration-effects.ts'

/** New names by the old one; of a column with its table. */
type Renames = ReadonlyMap<string, ReadonlySet<string>>

/**
 * What is said of an object or column under a name that it had is said of it under its later names too: a trigger follows its table, and a key the
 * column it refers to. More than is true where a name is used again, never less. `concurrent` does itself only what it says.
 */
export function followRenames(judged: readonly JudgedMigration[], concurrent: ReadonlySet<JudgedMigration>): readonly JudgedMigration[] {
  const renames = findRenames(judged)
  if (renames.size === 0) return judged
  return judged.map((each) => ({
    ...each,
    statements: each.statements.map(({ text, found }) => {
      const effects = concurrent.has(each) ? found.effects : withLater(found.effects, renames)
      return {
        text,
        found: {
          ...found,
          effects,
          ...(found.links === undefined ? {} : { links: found.links.flatMap((link) => laterLinks(link, renames)) }),
        },
      }
    }),
  }))
}

function findRenames(judged: readonly JudgedMigration[]): Renames {
  const next = new Map<string, Set<string>>()
  for (const { found } of judged.flatMap(({ statements }) => statements)) {
    const left = found.effects.filter(({ access, facet }) => access === 'write' && facet === 'name')
    const taken = found.effects.filter(({ access, facet }) => access === 'add' && facet === 'exist')
    for (const [index, old] of left.entries()) {
      const now = taken[index]
      if (now === undefined || left.length !== taken.length || kindOf(old) !== kindOf(now)) continue
      const known = next.get(keyOf(old))
      if (known === undefined) next.set(keyOf(old), new Set([keyOf(now)]))
      else known.add(keyOf(now))
    }
  }
  return next
}

const keyOf = ({ object, member }: Pick<Effect, 'object' | 'member'>): string => (member === undefined ? object : `${object}\n${member}`)
const kindOf = ({ object, member }: Effect): string => (member ?? object).split(':', 1)[0] ?? ''

/** The names that follow one another, without the first. */
function later(key: string, renames: Renames): readonly string[] {
  const found = new Set<string>()
  const open = [key]
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const name of renames.get(at) ?? []) {
      if (name === key || found.has(name)) continue
      found.add(name)
      open.push(name)
    }
  return [...found]
}

/** A table may have moved to another schema with its name. */
const ANY_SCHEMA = { schema: '' } as const

function laterEffects(effect: Effect, renames: Renames): readonly Effect[] {
  const members = (object: string): readonly Effect[] =>
    effect.member === undefined
      ? []
      : later(keyOf({ object, member: effect.member }), renames).flatMap((key) => {
          const [on = '', member = ''] = key.split('\n')
          return on === object ? [{ ...effect, ...ANY_SCHEMA, object, member }] : []
        })
  const objects = later(effect.object, renames)
  return [
    ...members(effect.object),
    ...objects.flatMap((object): readonly Effect[] => [{ ...effect, ...ANY_SCHEMA, object }, ...members(object)]),
  ]
}

const withLater = (effects: readonly Effect[], renames: Renames): readonly Effect[] => [
  ...effects,
  ...effects.flatMap((effect) => laterEffects(effect, renames)),
]

function laterLinks(link: EffectLink, renames: Renames): readonly EffectLink[] {
  const objects = [link.object, ...later(link.object, renames)]
  const effects = withLater(link.effects, renames)
  const columns = link.columns?.flatMap((column) => [column, ...objects.flatMap((object) => laterColumns(object, column, renames))])
  const followed: EffectLink = { ...link, effects, ...(columns === undefined ? {} : { columns }) }
  return [followed, ...objects.slice(1).map((object) => ({ ...followed, ...ANY_SCHEMA, object }))]
}

const laterColumns = (object: string, column: string, renames: Renames): readonly string[] =>
  later(`${object}\ncolumn:${column}`, renames).map((key) => key.slice(key.indexOf('\ncolumn:') + '\ncolumn:'.length))
