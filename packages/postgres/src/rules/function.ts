import type { Action, Fact, FunctionPayload, Rule } from '@yama/schema'
import { action, changed } from './action.ts'
import { bodyMentions } from './body-mentions.ts'
import { commentOn, newComment } from './comment.ts'
import { functionName, spoken } from './names.ts'
import { columnsReturnedNoMore } from './returned-rows.ts'

/** Events are MySQL's alone. */
const WORDS = {
  function: 'FUNCTION',
  procedure: 'PROCEDURE',
  aggregate: 'AGGREGATE',
  window: 'FUNCTION',
  event: 'EVENT',
} as const satisfies Record<FunctionPayload['type'], string>

/** `FUNCTION public.add(integer, integer)`, as DROP and COMMENT take it. */
export function functionTarget(fact: Fact<'function'>): string {
  return `${WORDS[fact.payload.type]} ${functionName(fact)}`
}

/** A replacement in place keeps names of parameters and the result, and takes no default away. */
export function canReplaceFunction({ payload: from }: Fact<'function'>, { payload: to }: Fact<'function'>): boolean {
  return from.type === to.type && from.outline === to.outline && (from.defaults ?? 0) <= (to.defaults ?? 0)
}

/** As the server prints it; what people write without OR REPLACE replaces nothing by accident. */
const replacing = (definition: string): string => definition.replace(/^(\s*CREATE)\s+(?!OR\b)/i, '$1 OR REPLACE ')

/** In a circle of routines, or of routines and tables, one has to be made before what its body names is there; of another it never comes. */
function unchecked(fact: Fact<'function'>, change: 'add' | 'alter'): Action {
  return action(fact, change, {
    sql: 'SET LOCAL check_function_bodies = off',
    title: `do not look into the body of ${spoken(fact)}`,
    together: `function ${fact.id}`,
  })
}

export const functionRule: Rule<'function'> = (delta, context) => {
  switch (delta.change) {
    case 'add': {
      const fact = delta.to
      const { after, circular } = bodyMentions(fact, context)
      return [
        ...(circular || fact.unchecked === true ? [unchecked(fact, 'add')] : []),
        action(fact, 'add', {
          sql: fact.payload.definition,
          title: `create ${fact.payload.type} ${spoken(fact)}`,
          produces: [fact.id],
          after: [...after, ...columnsReturnedNoMore(fact, context)],
          together: `function ${fact.id}`,
        }),
        ...newComment(fact, functionTarget(fact), fact.payload.comment),
      ]
    }
    case 'drop':
      return [
        action(delta.from, 'drop', {
          sql: `DROP ${functionTarget(delta.from)}`,
          title: `drop ${delta.from.payload.type} ${spoken(delta.from)}`,
          destroys: [delta.id],
        }),
      ]
    case 'alter': {
      const { from, to } = delta
      const { after, circular } = bodyMentions(to, context)
      return [
        ...(from.payload.definition === to.payload.definition
          ? []
          : [
              ...(circular || to.unchecked === true ? [unchecked(to, 'alter')] : []),
              action(
                to,
                'alter',
                {
                  sql: replacing(to.payload.definition),
                  title: `replace ${to.payload.type} ${spoken(to)}`,
                  after,
                  together: `function ${to.id}`,
                },
                changed('definition', from.payload.definition, to.payload.definition),
              ),
            ]),
        ...(from.payload.comment === to.payload.comment
          ? []
          : [commentOn(to, 'alter', functionTarget(to), from.payload.comment, to.payload.comment)]),
      ]
    }
    case 'rename':
      return []
  }
}
