import type { Operation } from '../contract/operation.ts'
import { objectId } from '../facts/fact-id.ts'
import { addFact } from './edit-facts.ts'
import { qualifiedName } from './find-object.ts'
import { readInput } from './read-input.ts'

/** Under `createEnum:` in a YAML migration. */
export interface CreateEnumInput {
  readonly name: string
  readonly values: readonly string[]
}

export const createEnum: Operation = {
  name: 'createEnum',
  description: 'Creates an enumeration type, on servers that have them.',
  keys: ['name', 'values'],
  apply(context) {
    const input = readInput(context.step, createEnum.keys)
    const { schema, name } = qualifiedName(input.text('name'), context, 'enum')
    return {
      after: addFact(
        { kind: 'enum', id: objectId('enum', schema, name), schema, name, dependsOn: [], payload: { values: input.texts('values') } },
        context,
      ),
    }
  },
}
