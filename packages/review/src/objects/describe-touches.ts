import { childrenOf, columnOf, dependenciesOf, dependentsOf, type AnyFact, type FactBase, type FactId, type Rename } from '@yama/schema'
import type { TouchedObject } from '../contract/review-document.ts'
import { shownFact } from './shown-fact.ts'
import { kindOf, nameOf, type ObjectTouch } from './touched-objects.ts'

/** What effects call a relation, the schema knows as one of these. */
const RELATIONS: readonly string[] = ['table', 'view', 'index', 'sequence']

/** Members that people know by name. */
const NAMED = /^(?:column|constraint|index|trigger|policy|rule|value):(?!primary key$)/

export interface SchemaStates {
  readonly before: FactBase
  readonly after: FactBase
  readonly renames: readonly Rename[]
}

/** The touched objects in the schema's own words, with what depends on what is changed or removed. Without states, as the statements name them. */
export function describeTouches(touches: readonly ObjectTouch[], states: SchemaStates | undefined): readonly TouchedObject[] {
  const [there, then] = [byName(states?.before), byName(states?.after)]
  const from = new Map(states?.renames.map((rename) => [rename.from, rename.to]))
  const to = new Set(from.values())
  return touches.flatMap((touch): readonly TouchedObject[] => {
    const [old, now] = [findFact(there, touch), findFact(then, touch)]
    const fact = old ?? now
    // What a change makes for itself and removes again is nobody's; what was renamed is told under the name that people know.
    if (states !== undefined && fact === undefined && kindOf(touch.object) === 'relation') return []
    // A type of the server itself, most likely.
    if (fact === undefined && touch.does === 'reads' && kindOf(touch.object) === 'type') return []
    if (now !== undefined && to.has(now.id) && touch.does === 'creates') return []
    const renamed = old === undefined ? undefined : from.get(old.id)
    const stays = renamed !== undefined || (old !== undefined && now !== undefined)
    const kind = fact?.kind ?? kindOf(touch.object)
    const name = fact === undefined ? [touch.schema, nameOf(touch.object)].filter((part) => part !== '').join('.') : nameOfFact(fact)
    return [
      {
        object: `${kind === 'relation' ? 'table or view' : kind} ${name}`,
        kind,
        name,
        does: stays && (touch.does === 'creates' || touch.does === 'removes') ? 'changes' : touch.does,
        members: [
          // A new object is told as a whole.
          ...(touch.does === 'creates' && !stays ? [] : [...touch.members.keys()].filter((member) => NAMED.test(member))).map((member) =>
            member.replace(':', ' '),
          ),
          ...(renamed === undefined ? [] : [`its name, which becomes ${shownFact(renamed).replace(/^\S+ /, '')}`]),
        ],
        migrations: [...touch.migrations],
        dependents: states === undefined || old === undefined ? [] : dependents(states.before, old, touch),
      },
    ]
  })
}

/** With its schema where that is no default. */
const nameOfFact = ({ schema, name }: AnyFact): string =>
  schema === '' || schema === 'public' || schema === 'main' ? name : `${schema}.${name}`

type Names = ReadonlyMap<string, readonly AnyFact[]>

function byName(base: FactBase | undefined): Names {
  const names = new Map<string, AnyFact[]>()
  for (const fact of base?.facts.values() ?? []) {
    if (fact.kind === 'column' || fact.kind === 'constraint' || fact.kind === 'grant' || fact.kind === 'rows') continue
    const key = (fact.kind === 'function' ? fact.payload.name : fact.name).toLowerCase()
    names.set(key, [...(names.get(key) ?? []), fact])
  }
  return names
}

function findFact(names: Names, { object, schema }: ObjectTouch): AnyFact | undefined {
  const kind = kindOf(object)
  return names.get(nameOf(object).toLowerCase())?.find((fact) => {
    if (schema !== '' && fact.schema !== '' && fact.schema.toLowerCase() !== schema.toLowerCase()) return false
    if (kind === 'relation') return RELATIONS.includes(fact.kind)
    if (kind === 'type') return ['enum', 'domain', 'compositeType', 'rangeType'].includes(fact.kind)
    return fact.kind === kind
  })
}

/** What is there and needs what changes or goes, also through others: a view over a view. */
function dependents(base: FactBase, fact: AnyFact, touch: ObjectTouch): readonly string[] {
  const changed = touch.whole
    ? [fact.id, ...childrenOf(base, fact.id).map(({ id }) => id)]
    : [...touch.members].flatMap(([member, changes]) => (changes ? memberFacts(base, fact, member) : []))
  const own = new Set<FactId>([fact.id, ...childrenOf(base, fact.id).map(({ id }) => id)])
  const found = new Set<FactId>(touch.whole ? [] : ofTheTable(base, fact, touch))
  const open = [...changed, ...found]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const next of dependentsOf(base, id)) {
      if (found.has(next)) continue
      found.add(next)
      const parent = base.facts.get(next)?.kind === 'view' ? childrenOf(base, next).map((child) => child.id) : []
      open.push(next, ...parent)
    }
  }
  // Parts of the object itself go or change with it, and are told with it.
  return [...found]
    .filter((id) => !own.has(id) || !touch.whole)
    .filter((id) => !changed.includes(id))
    .map(shownFact)
    .toSorted()
}

/** Some databases tell of a view or trigger which tables it needs, and not which columns: its text is searched for those that change. */
function ofTheTable(base: FactBase, fact: AnyFact, { members }: ObjectTouch): readonly FactId[] {
  const columns = [...members].flatMap(([member, changes]) => (changes && kindOf(member) === 'column' ? [nameOf(member)] : []))
  if (columns.length === 0) return []
  const prefix = columnOf(fact.id, 'x').slice(0, -1)
  return dependentsOf(base, fact.id).filter((id) => {
    const dependent = base.facts.get(id)
    if (dependent === undefined || !TEXTS.has(dependent.kind) || dependenciesOf(base, id).some((each) => each.startsWith(prefix)))
      return false
    const text = JSON.stringify(dependent.payload)
    return columns.some((column) => mentions(text, column))
  })
}

const TEXTS: ReadonlySet<AnyFact['kind']> = new Set(['view', 'trigger', 'function', 'rule', 'policy'])
const mentions = (text: string, column: string): boolean =>
  new RegExp(String.raw`(?<![\p{L}\p{N}_])(?:${column.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)})(?![\p{L}\p{N}_])`, 'iu').test(
    text,
  ) || /\*\s*FROM|\.\*/i.test(text)

function memberFacts(base: FactBase, fact: AnyFact, member: string): readonly FactId[] {
  const name = nameOf(member).toLowerCase()
  if (kindOf(member) === 'column') {
    const exact = columnOf(fact.id, nameOf(member))
    if (base.facts.has(exact)) return [exact]
  }
  return childrenOf(base, fact.id)
    .filter((child) => child.name.toLowerCase() === name)
    .map(({ id }) => id)
}
