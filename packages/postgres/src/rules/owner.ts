import { describeFact, type Fact, type Rule, type RuleContext } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { functionTarget } from './function.ts'
import { objectName } from './names.ts'
import { objectTarget } from './object.ts'

/** `TABLE public.users`, as ALTER takes it; the schema `public` is no fact. */
function targetOf({ parent }: Fact<'owner'>, { before, after }: RuleContext): string {
  const object = parent === undefined ? undefined : (after.facts.get(parent) ?? before.facts.get(parent))
  if (object === undefined) return 'SCHEMA public'
  switch (object.kind) {
    case 'schema':
      return `SCHEMA ${identifier(object.name)}`
    case 'view':
      return `${object.payload.materialized ? 'MATERIALIZED VIEW' : 'VIEW'} ${objectName(object.id)}`
    case 'function':
      return functionTarget(object)
    case 'object':
      return objectTarget(object)
    case 'enum':
    case 'compositeType':
    case 'rangeType':
      return `TYPE ${objectName(object.id)}`
    default:
      return `${object.kind.toUpperCase()} ${objectName(object.id)}`
  }
}

/** An object that is given back belongs to whoever runs the migration, as if he had made it. */
export const ownerRule: Rule<'owner'> = (delta, context) => {
  if (delta.change === 'rename') return []
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const role = delta.change === 'drop' ? 'CURRENT_USER' : identifier(delta.to.payload.role)
  return [
    action(
      fact,
      delta.change,
      {
        sql: `ALTER ${targetOf(fact, context)} OWNER TO ${role}`,
        title: `owner of ${describeFact(fact.parent ?? 'schema:public')}`,
        ...(delta.change === 'add' ? { produces: [fact.id] } : {}),
        ...(delta.change === 'drop' ? { destroys: [fact.id] } : {}),
        lock: 'ACCESS EXCLUSIVE',
      },
      changed(
        'owner',
        delta.change === 'add' ? undefined : delta.from.payload.role,
        delta.change === 'drop' ? undefined : delta.to.payload.role,
      ),
    ),
  ]
}
