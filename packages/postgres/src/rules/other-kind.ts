import { objectId, type Action, type Fact, type FactBase, type RuleContext } from '@yama/schema'
import { asideName } from '../types/default-name.ts'
import { identifier } from '../types/quoted.ts'
import { columnsOfType } from './columns-of-type.ts'
import { objectName } from './names.ts'
import { swapType } from './swap-type.ts'

type TypeFact = Fact<'enum'> | Fact<'domain'>

/** A type of the other kind with the same name: a domain that became an enum. */
function namesake({ kind, schema, name }: TypeFact, base: FactBase): TypeFact | undefined {
  const found = base.facts.get(objectId(kind === 'enum' ? 'domain' : 'enum', schema, name))
  return found?.kind === 'enum' || found?.kind === 'domain' ? found : undefined
}

/** True where one of another kind takes its place, which converts the columns that stay, and then drops it. */
export const isTakenOver = (old: TypeFact, context: RuleContext): boolean =>
  namesake(old, context.after) !== undefined && columnsOfType(old.id, context).length > 0

/** What makes a type; where one of another kind has its name and is in use, that one is put aside, and the columns are converted. */
export function madeInPlaceOf(to: TypeFact, create: readonly Action[], context: RuleContext): readonly Action[] {
  const old = namesake(to, context.before)
  if (old === undefined || !isTakenOver(old, context)) return create
  const meanwhile = asideName(to.name)
  const word = old.kind === 'domain' ? 'DOMAIN' : 'TYPE'
  const aside = [`ALTER ${word} ${objectName(old.id)} RENAME TO ${identifier(meanwhile)}`]
  const swap = swapType(to, { aside, create, drop: `DROP ${word}`, meanwhile, of: old.id }, context)
  return swap.map((each, at) => {
    if (at === swap.length - 1) return { ...each, destroys: [old.id] }
    return each.sql === create[0]?.sql ? { ...each, produces: [to.id] } : each
  })
}
