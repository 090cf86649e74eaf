import type { Migration } from '../contract/migration.ts'
import { compareMigrations } from './compare-migrations.ts'

type Ordered = Pick<Migration, 'id' | 'version'>

/**
 * Positions in the order of `compareMigrations`, undefined where the list is in that order already. Looks at the migrations one after
 * another where their numbers differ; only those with equal ones are compared.
 *
 * @example naturalOrder([{ version: '10', id: 'b' }, { version: '9', id: 'a' }]) // [1, 0]
 */
export function naturalOrder(migrations: readonly Ordered[]): Uint32Array | undefined {
  const numbers = new Float64Array(migrations.length)
  let sorted = true
  for (let index = 0; index < numbers.length; index++) {
    const { version } = migrations[index]!
    const number = (numbers[index] = version === '' ? Number.POSITIVE_INFINITY : Number(version))
    const before = index === 0 ? Number.NEGATIVE_INFINITY : numbers[index - 1]!
    // NaN, for what is no number, is neither.
    if (sorted && !(before < number)) sorted = !(before > number) && compareMigrations(migrations[index - 1]!, migrations[index]!) <= 0
  }
  if (sorted) return undefined
  const compare = (a: number, b: number): number => {
    const difference = numbers[a]! - numbers[b]!
    return difference === 0 || Number.isNaN(difference) ? compareMigrations(migrations[a]!, migrations[b]!) : difference
  }
  const order = byNumber(numbers)
  if (order === undefined) return Uint32Array.from(numbers, (_, index) => index).sort(compare)
  for (let from = 0, to = 1; from < order.length; from = to++) {
    while (to < order.length && numbers[order[from]!] === numbers[order[to]!]) to++
    if (to - from > 1) order.subarray(from, to).sort(compare)
  }
  return order
}

/** By number, equal ones as they were, what has none last; undefined where a number and a position do not fit into one number. */
function byNumber(numbers: Float64Array): Uint32Array | undefined {
  const { length } = numbers
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const number of numbers) {
    if (number === Number.POSITIVE_INFINITY) continue
    if (!Number.isSafeInteger(number)) return undefined
    least = Math.min(least, number)
    most = Math.max(most, number)
  }
  const span = most - least + 2
  // Less than nothing where none has a number.
  if (span < 0 || span * length > Number.MAX_SAFE_INTEGER) return undefined
  // Numbers are sorted far faster where nobody is asked how two of them compare.
  const keys = numbers.map((number, index) => Math.min(number - least, span - 1) * length + index).sort()
  return Uint32Array.from(keys, (key) => key % length)
}
