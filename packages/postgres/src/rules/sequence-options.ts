import type { Identity, SequencePayload } from '@yama/schema'
import { sequenceDefaults } from '../extract/sequences.ts'

export type SequenceNumbers = Pick<SequencePayload, 'start' | 'increment' | 'min' | 'max' | 'cache' | 'cycle'>

/** The numbers of an identity or serial column's sequence, defaults filled in. */
export function identityNumbers(identity: Identity, type: string): SequenceNumbers {
  const increment = identity.increment ?? '1'
  const defaults = sequenceDefaults(type, increment)
  const min = identity.min ?? defaults.min
  const max = identity.max ?? defaults.max
  return { start: identity.start ?? defaults.start, increment, min, max, cache: identity.cache ?? '1', cycle: identity.cycle ?? false }
}

/** What has to be said so that a new sequence has these numbers. */
export function newSequenceClauses(numbers: SequenceNumbers, type: string): readonly string[] {
  const defaults = sequenceDefaults(type, numbers.increment)
  return [
    ...(numbers.increment === '1' ? [] : [`INCREMENT BY ${numbers.increment}`]),
    ...(numbers.min === defaults.min ? [] : [`MINVALUE ${numbers.min}`]),
    ...(numbers.max === defaults.max ? [] : [`MAXVALUE ${numbers.max}`]),
    // The server takes the first bound for the start, whatever the type's own is.
    ...(numbers.start === (numbers.increment.startsWith('-') ? numbers.max : numbers.min) ? [] : [`START WITH ${numbers.start}`]),
    ...(numbers.cache === '1' ? [] : [`CACHE ${numbers.cache}`]),
    ...(numbers.cycle ? ['CYCLE'] : []),
  ]
}

/** What leads from one sequence to the other; `types` where its type changes as well. */
export function sequenceChanges(
  from: SequenceNumbers,
  to: SequenceNumbers,
  types?: readonly [from: string, to: string],
): readonly string[] {
  const moved = types === undefined || types[0] === types[1] ? from : movedBounds(from, types)
  return [
    ...(from.increment === to.increment ? [] : [`INCREMENT BY ${to.increment}`]),
    ...(from.min === to.min && moved.min === to.min ? [] : [`MINVALUE ${to.min}`]),
    ...(from.max === to.max && moved.max === to.max ? [] : [`MAXVALUE ${to.max}`]),
    ...(from.start === to.start ? [] : [`START WITH ${to.start}`]),
    ...(from.cache === to.cache ? [] : [`CACHE ${to.cache}`]),
    ...(from.cycle === to.cycle ? [] : [to.cycle ? 'CYCLE' : 'NO CYCLE']),
  ]
}

/** A bound that is the edge of its type follows the type, whoever stated it. */
export function movedBounds(numbers: SequenceNumbers, [from, to]: readonly [string, string]): Pick<SequenceNumbers, 'min' | 'max'> {
  const [highest, lowest] = [sequenceDefaults(from, '1').max, sequenceDefaults(from, '-1').min]
  const { min, max } = sequenceDefaults(to, numbers.increment)
  return { min: numbers.min === lowest ? min : numbers.min, max: numbers.max === highest ? max : numbers.max }
}

/**
 * Statements that bring the current number inside the new bounds where it is not; the server refuses the bounds otherwise.
 * Numbers inside them stay, so that none is handed out twice.
 */
export function insideBounds(sequence: string, from: SequenceNumbers, to: SequenceNumbers, quoted: string): readonly string[] {
  return [
    ...(BigInt(to.min) > BigInt(from.min)
      ? [`SELECT setval(${quoted}, ${to.min}, false) FROM ${sequence} WHERE last_value < ${to.min}`]
      : []),
    ...(BigInt(to.max) < BigInt(from.max)
      ? [`SELECT setval(${quoted}, ${to.max}, true) FROM ${sequence} WHERE last_value > ${to.max}`]
      : []),
  ]
}
