import type { Operation } from '../contract/operation.ts'
import { replaceFact } from './edit-facts.ts'
import { findMember, findObject } from './find-object.ts'
import { nativeType, parsePortableType } from './native-type.ts'
import { readInput } from './read-input.ts'

/** Under `alterColumn:` in a YAML migration. */
export interface AlterColumnInput {
  readonly table: string
  readonly column: string
  readonly type?: string
  readonly notNull?: boolean
  readonly default?: unknown
  readonly comment?: string
}

export const alterColumn: Operation = {
  name: 'alterColumn',
  description: 'Changes type, NOT NULL, default or comment of a column; `default: null` removes the default.',
  keys: ['table', 'column', 'type', 'notNull', 'default', 'comment'],
  apply(context) {
    const input = readInput(context.step, alterColumn.keys)
    const { dialect } = context
    const table = findObject('table', input.text('table'), context)
    const column = findMember('column', table, input.text('column'), context)
    if (!['type', 'notNull', 'default', 'comment'].some((key) => input.has(key)))
      throw input.problem('it changes nothing; state `type`, `notNull`, `default` or `comment`.')
    const [type, value, comment] = [input.optionalText('type'), input.value('default'), input.optionalText('comment')]
    const { default: old, ...payload } = column.payload
    const text =
      value === undefined
        ? old
        : value === null
          ? undefined
          : dialect.types.defaultToNative(value, parsePortableType(type ?? payload.type) ?? dialect.types.toPortable(payload.type))
    const after = replaceFact(
      {
        ...column,
        payload: {
          ...payload,
          ...(type === undefined ? {} : { type: nativeType(type, dialect) }),
          notNull: input.flag('notNull') ?? payload.notNull,
          ...(text === undefined ? {} : { default: text }),
          ...(comment === undefined ? {} : { comment }),
        },
      },
      context,
    )
    return { after }
  },
}
