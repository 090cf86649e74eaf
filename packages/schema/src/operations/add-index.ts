import type { Operation } from '../contract/operation.ts'
import { memberId } from '../facts/fact-id.ts'
import type { IndexKey } from '../facts/index-fact.ts'
import { addFact } from './edit-facts.ts'
import { findMember, findObject } from './find-object.ts'
import { readInput } from './read-input.ts'

/** Under `addIndex:` in a YAML migration. */
export interface AddIndexInput {
  readonly table: string
  readonly columns: string | readonly string[]
  readonly name?: string
  readonly unique?: boolean
  readonly method?: string
  readonly where?: string
  readonly include?: readonly string[]
  readonly nullsNotDistinct?: boolean
}

export const addIndex: Operation = {
  name: 'addIndex',
  description: 'Adds an index; a column may be followed by `desc`, and an expression stands in parentheses.',
  keys: ['table', 'columns', 'name', 'unique', 'method', 'where', 'include', 'nullsNotDistinct'],
  apply(context) {
    const input = readInput(context.step, addIndex.keys)
    const table = findObject('table', input.text('table'), context)
    const keys = input.texts('columns').map(readKey)
    for (const { column } of keys) if (column !== undefined) findMember('column', table, column, context)
    const columns = keys.map((key) => key.column ?? 'expr')
    const name = input.optionalText('name') ?? context.dialect.defaultName('index', table.name, columns)
    const [where, include] = [input.optionalText('where'), input.optionalTexts('include')]
    const after = addFact(
      {
        kind: 'index',
        id: memberId('index', table.schema, table.name, name),
        schema: table.schema,
        name,
        parent: table.id,
        dependsOn: [],
        payload: {
          unique: input.flag('unique') ?? false,
          method: input.optionalText('method') ?? 'btree',
          keys,
          options: {},
          ...(where === undefined ? {} : { where }),
          ...(include === undefined ? {} : { include }),
          ...(input.flag('nullsNotDistinct') === true ? { nullsNotDistinct: true } : {}),
        },
      },
      context,
    )
    return { after }
  },
}

function readKey(text: string): IndexKey {
  const match = /^(.*?)(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?$/i.exec(text.trim())
  const [, name = text, direction, nulls] = match ?? []
  return {
    ...(name.startsWith('(') && name.endsWith(')') ? { expression: name.slice(1, -1) } : { column: name }),
    ...(direction?.toLowerCase() === 'desc' ? { descending: true } : {}),
    ...(nulls === undefined ? {} : { nulls: nulls.toLowerCase() as 'first' | 'last' }),
  }
}
