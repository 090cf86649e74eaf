import type { Operation } from '../contract/operation.ts'
import { memberId } from '../facts/fact-id.ts'
import { childrenOfKind } from '../facts/base-index.ts'
import { addFact } from './edit-facts.ts'
import { findObject } from './find-object.ts'
import { nativeType, parsePortableType } from './native-type.ts'
import { readInput } from './read-input.ts'

/** Under `addColumn:` in a YAML migration. */
export interface AddColumnInput {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly notNull?: boolean
  readonly default?: unknown
  readonly generated?: string
  readonly stored?: boolean
  readonly comment?: string
}

export const addColumn: Operation = {
  name: 'addColumn',
  description: 'Adds a column. The type is portable, `string(120)`, or the server’s own.',
  keys: ['table', 'column', 'type', 'notNull', 'default', 'generated', 'stored', 'comment'],
  apply(context) {
    const input = readInput(context.step, addColumn.keys)
    const { base, dialect } = context
    const table = findObject('table', input.text('table'), context)
    const [name, type, value, generated, comment] = [
      input.text('column'),
      input.text('type'),
      input.value('default'),
      input.optionalText('generated'),
      input.optionalText('comment'),
    ]
    const positions = childrenOfKind(base, table.id, 'column').map((column) => column.position ?? 0)
    const after = addFact(
      {
        kind: 'column',
        id: memberId('column', table.schema, table.name, name),
        schema: table.schema,
        name,
        parent: table.id,
        dependsOn: [],
        position: Math.max(0, ...positions) + 1,
        payload: {
          type: nativeType(type, dialect),
          notNull: input.flag('notNull') ?? false,
          options: {},
          ...(value === undefined || value === null ? {} : { default: dialect.types.defaultToNative(value, parsePortableType(type)) }),
          ...(generated === undefined ? {} : { generated: { expression: generated, stored: input.flag('stored') ?? true } }),
          ...(comment === undefined ? {} : { comment }),
        },
      },
      context,
    )
    return { after }
  },
}
