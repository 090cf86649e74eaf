import { posix } from 'node:path'
import {
  toDiagnostic,
  type Commutativity,
  type Diagnostic,
  type Effect,
  type Migration,
  type MigrationGraph,
  type PolicyConfig,
} from '@yama/core'
import { reviewErrors } from '../errors/errors.ts'

const at = ({ file }: Migration) => ({ position: { file, line: 1, column: 1 } })

/**
 * What the project asks of its migrations: one line without branches, a way back, names. `concerns` says which are judged; those that
 * are on the base already cannot be changed any more.
 */
export async function checkPolicy(
  graph: MigrationGraph,
  policy: PolicyConfig,
  judge: Commutativity | undefined,
  concerns: (migration: Migration) => boolean,
): Promise<readonly Diagnostic[]> {
  const migrations = graph.order().map(({ migration }) => migration)
  const judged = migrations.filter(concerns)
  return [
    ...(policy.linear === true ? branches(graph, concerns) : []),
    ...(policy.downs === true ? judged.filter(isOneWay).map((migration) => oneWay(migration)) : []),
    ...fileNames(judged, policy.names?.migrations),
    ...(judge === undefined ? [] : await objectNames(judged, policy, judge)),
  ]
}

/** Every one but the first child of a migration begins a branch; so does every root but the first. */
function branches(graph: MigrationGraph, concerns: (migration: Migration) => boolean): readonly Diagnostic[] {
  const order = graph.order()
  const starts = new Map<string, string>()
  for (const parent of ['', ...order.map(({ migration }) => migration.id)]) {
    const [first, ...others] = parent === '' ? graph.roots() : (graph.get(parent)?.children ?? [])
    for (const other of first === undefined ? [] : others) starts.set(other, first!)
  }
  return order.flatMap(({ migration }) => {
    const beside = starts.get(migration.id)
    if (beside === undefined || !concerns(migration)) return []
    const { id, file } = migration
    return [
      toDiagnostic(
        reviewErrors.YAMA_CHECK_BRANCH({ id, file, beside, onto: graph.heads().find((head) => head !== id) ?? beside }, at(migration)),
        'error',
      ),
    ]
  })
}

/** A merge, what is repeatable and what runs nothing need no way back. */
export const isOneWay = ({ down, kind, repeatable, reversibility, noop, covers }: Migration): boolean =>
  down === undefined &&
  kind !== 'merge' &&
  repeatable === undefined &&
  reversibility !== 'irreversible' &&
  noop !== true &&
  covers === undefined

const oneWay = (migration: Migration): Diagnostic =>
  toDiagnostic(reviewErrors.YAMA_CHECK_NO_DOWN({ id: migration.id, file: migration.file }, at(migration)), 'error')

function fileNames(migrations: readonly Migration[], pattern: string | undefined): readonly Diagnostic[] {
  if (pattern === undefined) return []
  const expression = new RegExp(pattern)
  return migrations.flatMap((migration) => {
    const name = posix.basename(migration.file)
    return expression.test(name) ? [] : [named(migration, 'migration', name, pattern)]
  })
}

const named = (migration: Migration, what: string, name: string, pattern: string): Diagnostic =>
  toDiagnostic(reviewErrors.YAMA_CHECK_NAME({ id: migration.id, file: migration.file, what, name, pattern }, at(migration)), 'error')

/** Names of what the statements create, or give to what is there; columns of new tables too. */
async function objectNames(
  migrations: readonly Migration[],
  { names }: PolicyConfig,
  judge: Commutativity,
): Promise<readonly Diagnostic[]> {
  const patterns = new Map(KINDS.flatMap(([kind]) => (names?.[kind] === undefined ? [] : [[kind, new RegExp(names[kind])] as const])))
  if (patterns.size === 0) return []
  const steps = migrations.flatMap((migration) =>
    migration.up.flatMap((step) => (step.kind === 'sql' ? [{ migration, text: step.text }] : [])),
  )
  const effects = await judge.effectsOf(steps.map(({ text }) => text))
  return steps.flatMap(({ migration, text }, index) => {
    const { effects: found = [], tables = [] } = effects[index] ?? {}
    const judgeName = (kind: (typeof KINDS)[number][0] | undefined, what: string, folded: string): readonly Diagnostic[] => {
      const pattern = kind === undefined ? undefined : patterns.get(kind)
      const name = asWritten(folded, text)
      return pattern === undefined || pattern.test(name) ? [] : [named(migration, what, name, pattern.source)]
    }
    return [
      ...found.filter(isCreated).flatMap((effect) => {
        const [kind, what = ''] = kindOf(effect, text) ?? []
        return judgeName(kind, what, (effect.member ?? effect.object).replace(/^[^:]*:/, ''))
      }),
      ...tables.flatMap(({ columns }) => columns.flatMap((column) => judgeName('columns', 'column', column))),
    ]
  })
}

/** Effects hold names as the database folds them. */
const asWritten = (name: string, text: string): string =>
  new RegExp(`(?<!\\w)${name.replaceAll(/\W/g, String.raw`\$&`)}(?!\\w)`, 'i').exec(text)?.[0] ?? name

const isCreated = ({ access, facet }: Effect): boolean => access === 'add' && facet === 'exist'

const KINDS = [
  ['tables', 'table', /^relation:/, /\bTABLE\b/i],
  ['views', 'view', /^relation:/, /\bVIEW\b/i],
  ['indexes', 'index', /^(relation|index):/, /\bINDEX\b|\bKEY\b/i],
  ['columns', 'column', /^column:/, /./],
  ['constraints', 'constraint', /^constraint:(?!primary key$)/, /\bCONSTRAINT\b/i],
] as const

/** By what the statement says that it creates, up to the name. */
function kindOf({ object, member }: Effect, text: string): readonly [(typeof KINDS)[number][0], string] | undefined {
  const place = member ?? object
  const head = member === undefined ? (/^\s*(?:CREATE|ALTER)\b[\s\w]*?\b(TABLE|INDEX|VIEW)\b/i.exec(text)?.[1] ?? '') : text
  const found = KINDS.find(([, , places, says]) => places.test(place) && says.test(head))
  return found === undefined ? undefined : [found[0], found[1]]
}
