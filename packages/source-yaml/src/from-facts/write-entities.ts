import { type AnyFact, type Fact, factBase, type FactBase, type FactId, type SchemaDialect } from '@yama/schema'
import { loadEntities } from '../load/load-entities.ts'
import { snakeCase } from '../model/letter-case.ts'
import { nameLength } from '../model/name-length.ts'
import { createNaming } from '../model/naming.ts'
import { entityFiles } from '../read/entity-files.ts'
import { chooseEntityNames, chooseEnumNames, chooseFieldNames } from './choose-names.ts'
import { type EntityStore, entityStore } from './entity-store.ts'
import { type Comparison, compareStatements } from './kept-statements.ts'
import { patchEntity } from './patch-entity.ts'
import { writeLookups } from './write-lookups.ts'
import { writeObjects } from './write-objects.ts'
import { inheritedFieldNames, isListed } from './write-family.ts'
import { relationFits } from './write-field.ts'
import { entityValue } from './write-table.ts'
import { childrenByParent, type WriteContext } from './write-context.ts'
import { styledNode } from './yaml-style.ts'

export interface WriteOptions {
  readonly directory: string
  readonly root: string
  readonly naming: Readonly<Record<string, string>>
  readonly dialect: SchemaDialect
  readonly canonical?: ((desired: FactBase) => Promise<FactBase>) | undefined
  /** Owners and versions of extensions are written also where the files do not state them. */
  readonly onRequest?: boolean | undefined
}

/**
 * Writes facts as entity files: one file per new table, and only what differs in the files that are there. Returns the
 * files that changed. Rejects with YAMA_ENTITY_INVALID where existing files have mistakes.
 */
export async function writeEntities(read: FactBase, options: WriteOptions): Promise<readonly string[]> {
  const { dialect, directory, root } = options
  const naming = createNaming(options.naming, dialect)
  const files = await entityFiles(directory, root, 'empty')
  const loaded = files.length === 0 ? undefined : await loadEntities(files, dialect, options.naming)
  const stated = loaded === undefined ? undefined : factBase(read.tag, loaded.facts)
  const found = options.onRequest === true ? read : withoutUnasked(read, stated)
  const canonical = stated === undefined || stated.facts.size === 0 ? undefined : await options.canonical?.(stated)
  const comparison = compareStatements(loaded, found, canonical, dialect)
  const store = entityStore(files, directory, root)
  const children = childrenByParent(found.facts.values())
  const every = [...found.facts.values()].filter((fact): fact is Fact<'table'> => fact.kind === 'table')
  const withMembers = new Set([...found.facts.values()].flatMap((fact) => (fact.kind === 'owner' ? [] : (fact.parent ?? []))))
  const listed = new Map<FactId, Fact<'table'>[]>()
  for (const table of every) {
    const by = comparison.about.get(table.id)
    const isEntity = by?.path[0] === 'entities' && by.path.length === 2
    const parent = table.payload.partitionOf?.table
    if (parent === undefined || isEntity || !isListed(table, found.facts, (id) => withMembers.has(id))) continue
    listed.set(
      parent,
      [...(listed.get(parent) ?? []), table].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    )
  }
  const inList = new Set([...listed.values()].flat().map(({ id }) => id))
  const tables = every.filter(({ id }) => !inList.has(id) && comparison.about.get(id)?.path[0] !== 'enums')
  const taken = new Set([
    ...(loaded?.model.entities.keys() ?? []),
    ...(loaded?.model.enums.keys() ?? []),
    ...(loaded?.model.silentEntities ?? []),
    ...(loaded?.model.silentEnums ?? []),
  ])
  const joined = new Set(
    [...comparison.about]
      .filter(([, by]) => by.path[2] === 'fields')
      .map(([id]) => id)
      .filter((id) => found.facts.get(id)?.kind === 'table' && !comparison.left.has(id)),
  )
  const entityNames = chooseEntityNames(
    tables.filter((table) => !joined.has(table.id)),
    comparison.about,
    taken,
    naming,
  )
  const enumNames = chooseEnumNames(found.facts, comparison.about, taken, { dialect, naming })
  const viewNames = new Map(
    [...comparison.about].flatMap(([id, by]) => (by.path[0] === 'views' && by.path.length === 2 ? [[id, by.name] as const] : [])),
  )
  const draft: WriteContext = {
    dialect,
    naming,
    facts: found.facts,
    children,
    entityNames,
    viewNames,
    listed,
    fieldNames: new Map(),
    enumNames,
  }
  const isRelation = (column: Fact<'column'>): boolean =>
    children(column.parent ?? '', 'constraint').some(
      (key) =>
        key.payload.type === 'foreign' &&
        key.payload.columns.length === 1 &&
        key.payload.columns[0] === column.name &&
        relationFits(column, key, draft),
    )
  const reserved = (table: FactId): readonly string[] => {
    const model = loaded?.model.entities.get(comparison.about.get(table)?.name ?? '')
    return model === undefined
      ? []
      : [
          ...model.silent,
          ...[...model.fields.values()]
            .filter((field) => field.spec.type.kind === 'named' && field.spec.type.array > 0)
            .map((field) => field.name),
        ]
  }
  const fieldNames = chooseFieldNames(tables, comparison.about, reserved, isRelation, { children, naming })
  const context: WriteContext = { ...draft, fieldNames: inheritedFieldNames(every, fieldNames, draft) }
  writeObjects(store, comparison, context)
  writeLookups(store, comparison, found)
  writeTables(
    store,
    comparison,
    tables.filter((table) => !joined.has(table.id)),
    context,
  )
  removeGone(store, comparison, found)
  return store.save()
}

/** Owners and versions are written only where the files state some, and then what the database has. */
function withoutUnasked(read: FactBase, stated: FactBase | undefined): FactBase {
  const facts = [...read.facts.values()].flatMap((fact): AnyFact[] => {
    const own = stated?.facts.get(fact.id)
    if (fact.kind === 'owner') return own === undefined ? [] : [fact]
    if (fact.kind !== 'extension' || (own?.kind === 'extension' && own.payload.version !== undefined)) return [fact]
    const { version: _, ...payload } = fact.payload
    return [{ ...fact, payload }]
  })
  return factBase(read.tag, facts, read.unmanaged)
}

function writeTables(store: EntityStore, comparison: Comparison, tables: readonly Fact<'table'>[], context: WriteContext): void {
  for (const table of tables) {
    const by = comparison.about.get(table.id)
    const name = context.entityNames.get(table.id) ?? table.name
    if (by?.path[0] === 'entities' && by.path.length === 2) {
      patchEntity(store, comparison, table, by, context)
      continue
    }
    const value = entityValue(table, context, name)
    const document = store.open(fileFor(store, name))
    document.setIn(['entities', name], styledNode(document, value, name))
  }
}

const RESERVED: ReadonlySet<string> = new Set([
  'enums.yaml',
  'types.yaml',
  'views.yaml',
  'functions.yaml',
  'triggers.yaml',
  'grants.yaml',
  'database.yaml',
])

/** Of a file's name, which no file system takes beyond 255 bytes; a character has up to four. */
const LONGEST_STEM = 50

/** One file per table; a file of that name that belongs to something else is not shared. */
function fileFor(store: EntityStore, name: string): string {
  const full = snakeCase(name).replaceAll('_', '-')
  const stem = nameLength(full, {}) > 4 * LONGEST_STEM ? [...full].slice(0, LONGEST_STEM).join('') : full
  for (let number = 1; ; number++) {
    const file = `${stem}${number === 1 ? '' : `-${number}`}.yaml`
    if (!store.has(file) && !RESERVED.has(file)) return file
  }
}

/** Entities whose table is gone go with it. */
function removeGone(store: EntityStore, { statements }: Comparison, found: FactBase): void {
  for (const { by, facts, holds } of statements) {
    const isEntity = by.path[0] === 'entities' && by.path.length === 2
    if (!isEntity || holds || facts.some((fact: AnyFact) => found.facts.has(fact.id))) continue
    store.touch(by.source.file, by.source.index).deleteIn([...by.path])
  }
}
