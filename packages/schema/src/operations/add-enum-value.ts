import type { Operation } from '../contract/operation.ts'
import { replaceFact } from './edit-facts.ts'
import { findObject, notFound } from './find-object.ts'
import { readInput } from './read-input.ts'

/** Under `addEnumValue:` in a YAML migration. */
export interface AddEnumValueInput {
  readonly enum: string
  readonly value: string
  readonly before?: string
  readonly after?: string
}

export const addEnumValue: Operation = {
  name: 'addEnumValue',
  description: 'Adds a value to an enumeration type, at the end or before or after another value.',
  keys: ['enum', 'value', 'before', 'after'],
  apply(context) {
    const input = readInput(context.step, addEnumValue.keys)
    const type = findObject('enum', input.text('enum'), context)
    const { values } = type.payload
    const value = input.text('value')
    if (values.includes(value)) throw input.problem(`${type.name} has the value ${value} already.`)
    const [before, behind] = [input.optionalText('before'), input.optionalText('after')]
    const neighbour = before ?? behind
    if (neighbour !== undefined && !values.includes(neighbour))
      throw notFound(`value ${neighbour} in enum ${type.name}`, neighbour, values, context)
    const at = neighbour === undefined ? values.length : values.indexOf(neighbour) + (before === undefined ? 1 : 0)
    return { after: replaceFact({ ...type, payload: { ...type.payload, values: values.toSpliced(at, 0, value) } }, context) }
  },
}
