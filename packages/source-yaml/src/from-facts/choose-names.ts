import { type AnyFact, type Fact, type FactId, objectId } from '@yama/schema'
import { camelCase, pascalCase, singular, snakeCase } from '../model/letter-case.ts'
import type { Placed } from '../model/model.ts'
import type { Naming } from '../model/naming.ts'
import { enumOf } from './print-type.ts'
import type { WriteContext } from './write-context.ts'

const identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u

/** `user accounts` → `user_accounts`; a leading digit gets an underscore. No file can have the key `__proto__`. */
function clean(name: string): string {
  if (name === '__proto__') return 'proto'
  const letters = name.replaceAll(/[^\p{L}\p{N}_]+/gu, '_')
  return /^\p{N}/u.test(letters) || letters === '' ? `_${letters}` : letters
}

function unique(wanted: readonly string[], taken: Set<string>): string {
  const free = wanted.find((name) => name !== '' && !taken.has(name))
  let name = free ?? ''
  for (let number = 2; name === ''; number++) {
    const candidate = `${wanted[0]}${number}`
    if (!taken.has(candidate)) name = candidate
  }
  taken.add(name)
  return name
}

/** Names of entities, kept where a file already has one. */
export function chooseEntityNames(
  facts: Iterable<AnyFact>,
  stated: ReadonlyMap<FactId, Placed>,
  taken: Set<string>,
  naming: Naming,
): ReadonlyMap<FactId, string> {
  const names = new Map<FactId, string>()
  const fresh: Fact<'table'>[] = []
  for (const fact of facts) {
    if (fact.kind !== 'table') continue
    const by = stated.get(fact.id)
    if (by?.path[0] === 'entities' && by.path.length === 2) names.set(fact.id, by.name)
    else fresh.push(fact)
  }
  for (const table of fresh) {
    const words = snakeCase(clean(table.name)).split('_')
    const last = words.pop() ?? ''
    const one = pascalCase([...words, singular(last)].join('_'))
    const many = pascalCase(clean(table.name))
    // The plural is taken where it gives the table's name back by itself.
    const plain = naming.table(many) === table.name && naming.table(one) !== table.name && one === many ? many : one
    names.set(table.id, unique([plain, many, pascalCase(clean(`${table.schema}_${table.name}`))], taken))
  }
  return names
}

/** Names of enums; `inline` for one that a single column uses and that has the name which that column gives it. */
export function chooseEnumNames(
  facts: ReadonlyMap<FactId, AnyFact>,
  stated: ReadonlyMap<FactId, Placed>,
  taken: Set<string>,
  context: Pick<WriteContext, 'dialect' | 'naming'>,
): WriteContext['enumNames'] {
  const names = new Map<FactId, { readonly name: string } | 'inline'>()
  const users = new Map<FactId, Fact<'column'>[]>()
  for (const fact of facts.values()) {
    const found = fact.kind === 'column' ? enumOf({ dialect: context.dialect, facts }, fact.payload.type, fact.schema) : undefined
    if (found !== undefined) users.set(found.id, [...(users.get(found.id) ?? []), fact as Fact<'column'>])
  }
  for (const fact of facts.values()) {
    if (fact.kind !== 'enum') continue
    const by = stated.get(fact.id)
    if (by !== undefined) {
      names.set(fact.id, by.path[0] === 'enums' ? { name: by.name } : 'inline')
      continue
    }
    const [only, ...others] = users.get(fact.id) ?? []
    const table = only === undefined ? undefined : facts.get(only.parent ?? '')
    const own =
      table !== undefined &&
      only !== undefined &&
      others.length === 0 &&
      table.schema === fact.schema &&
      context.naming.fit(`${table.name}_${only.name}`) === fact.name
    const simple =
      fact.payload.comment === undefined &&
      fact.payload.values.length > 0 &&
      fact.payload.values.every((value) => /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(value))
    names.set(
      fact.id,
      own && simple
        ? 'inline'
        : {
            name: unique(
              [pascalCase(clean(fact.name)), pascalCase(clean(`${fact.schema}_${fact.name}`)), `${pascalCase(clean(fact.name))}Enum`],
              taken,
            ),
          },
    )
  }
  return names
}

/** Names of fields, kept where a file has one: relations lose `_id`, the others follow the naming policy backwards. */
export function chooseFieldNames(
  tables: readonly Fact<'table'>[],
  stated: ReadonlyMap<FactId, Placed>,
  reserved: (table: FactId) => Iterable<string>,
  isRelation: (column: Fact<'column'>) => boolean,
  { children, naming }: Pick<WriteContext, 'children' | 'naming'>,
): ReadonlyMap<FactId, string> {
  const names = new Map<FactId, string>()
  for (const table of tables) {
    const taken = new Set(reserved(table.id))
    const columns = children(table.id, 'column')
    const plainNames = new Set(columns.map((column) => camelCase(clean(column.name))))
    for (const column of columns) {
      const by = stated.get(column.id)
      if (
        by?.path[2] === 'fields' &&
        objectId('table', table.schema, table.name) === table.id &&
        stated.get(table.id)?.path[1] === by.path[1]
      ) {
        names.set(column.id, by.name)
        taken.add(by.name)
      }
    }
    for (const column of columns) {
      if (names.has(column.id)) continue
      const base = clean(column.name)
      const camel = camelCase(base)
      const same = [camel, base].find((name) => naming.column(name) === column.name && identifier.test(name))
      const wanted = [same ?? camel, base]
      if (isRelation(column)) {
        const stem = camelCase(base.replace(/_?id$/i, ''))
        if (stem !== '' && stem !== camel && !plainNames.has(stem) && identifier.test(stem)) wanted.unshift(stem)
      }
      names.set(column.id, unique(wanted, taken))
    }
  }
  return names
}
