import type { Action, Fact } from '@yama/schema'
import { qualified } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { spokenTable } from './names.ts'

type Said = string | boolean | undefined

/** `1=400, 3=500`, as the options of an index have it: how closely the server looks at the expression in that place. */
const targets = (said: Said): ReadonlyMap<string, string> =>
  new Map(
    said === undefined
      ? []
      : String(said)
          .split(',')
          .map((each) => each.trim().split('=') as [place: string, target: string]),
  )

export function indexStatistics(index: Fact<'index'>, change: 'add' | 'alter', from: Said): readonly Action[] {
  const to = index.payload.options['statistics']
  const [before, after] = [targets(from), targets(to)]
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((place) => before.get(place) !== after.get(place))
    .map((place) =>
      action(
        index,
        change,
        {
          sql: `ALTER INDEX ${qualified(index.schema, index.name)} ALTER COLUMN ${place} SET STATISTICS ${after.get(place) ?? '-1'}`,
          title: `statistics of index ${index.name} of ${spokenTable(index)}`,
          lock: 'SHARE UPDATE EXCLUSIVE',
          consumes: [index.id],
        },
        changed('statistics', from, to),
      ),
    )
}
