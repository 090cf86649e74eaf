import type { Operation } from '../contract/operation.ts'
import type { ReferentialAction } from '../facts/constraint.ts'
import { childrenOfKind } from '../facts/base-index.ts'
import { findMember, findObject } from './find-object.ts'
import { newConstraint } from './new-constraint.ts'
import { readInput, type InputReader } from './read-input.ts'

/** Under `addForeignKey:` in a YAML migration. */
export interface AddForeignKeyInput {
  readonly table: string
  readonly columns: string | readonly string[]
  readonly references: { readonly table: string; readonly columns?: string | readonly string[] }
  readonly name?: string
  readonly onDelete?: string
  readonly onUpdate?: string
  readonly deferrable?: string
}

export const addForeignKey: Operation = {
  name: 'addForeignKey',
  description: 'Adds a foreign key; without `references.columns` it points to the primary key.',
  keys: ['table', 'columns', 'references', 'name', 'onDelete', 'onUpdate', 'deferrable'],
  apply(context) {
    const input = readInput(context.step, addForeignKey.keys)
    const reference = input.object('references', ['table', 'columns'])
    const target = findObject('table', reference.text('table'), context)
    const primary = childrenOfKind(context.base, target.id, 'constraint').find((one) => one.payload.type === 'primary')
    const columns = reference.optionalTexts('columns') ?? primary?.payload.columns
    if (columns === undefined) throw input.problem(`table ${target.name} has no primary key; state \`references.columns\`.`)
    for (const column of columns) findMember('column', target, column, context)
    const deferrable = input.optionalText('deferrable')
    if (deferrable !== undefined && deferrable !== 'immediate' && deferrable !== 'deferred')
      throw input.problem('`deferrable` must be immediate or deferred.')
    const references = {
      schema: target.schema,
      table: target.name,
      columns,
      onDelete: actionOf('onDelete', input),
      onUpdate: actionOf('onUpdate', input),
    }
    return newConstraint(
      'foreign',
      input,
      { columns: input.texts('columns'), references, ...(deferrable === undefined ? {} : { deferrable }) },
      context,
    )
  },
}

const ACTIONS: readonly ReferentialAction[] = ['no action', 'restrict', 'cascade', 'set null', 'set default']

/** `setNull` and `set null` are the same. */
function actionOf(key: string, input: InputReader): ReferentialAction {
  const text = (input.optionalText(key) ?? 'no action').replaceAll(/([A-Z])/g, ' $1').toLowerCase()
  const action = ACTIONS.find((one) => one === text)
  if (action === undefined) throw input.problem(`\`${key}\` must be one of ${ACTIONS.join(', ')}.`)
  return action
}
