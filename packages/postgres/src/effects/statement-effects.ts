import type { Effect, StatementEffects } from '@yama/core'
import { effectBuilder } from '@yama/sql'
import { kindOf, listOf, nodeOf, textOf, type Fields } from './ast.ts'
import type { EffectScope } from './effect-scope.ts'
import type { Parser } from './load-parser.ts'
import { isOrdered } from './is-ordered.ts'
import { readers } from './readers.ts'

/** Bodies in bodies; deeper ones are taken for unknown. */
const DEEPEST = 8

/** What a text of one or more statements reads and writes, by PostgreSQL's own parser. */
export function statementEffects(sql: string, parser: Parser, depth = 0): StatementEffects {
  const build = effectBuilder()
  if (depth > DEEPEST) return { effects: [], unknown: 'it is nested too deeply' }
  let statements: readonly unknown[]
  try {
    statements = parser.statements(sql)
  } catch (error) {
    return { effects: [], unknown: `it does not parse: ${error instanceof Error ? error.message : String(error)}` }
  }
  let lets = true
  for (const statement of statements) {
    const [kind, fields] = kindOf(statement)
    lets &&= letsTypes(kind, fields)
    if (isOrdered(fields)) build.ordered()
    const reader = readers[kind]
    if (reader === undefined) build.unknown(`${kind} is not read`)
    else reader(fields, scopeOf(build, sql, parser, depth))
  }
  const found = build.done()
  return lets ? { ...found, effects: found.effects.map(letting) } : found
}

/** Rows, keys and indexes stand in nobody's way who says the type of a column again; views, policies and computed columns do. */
const letsTypes = (kind: string, fields: Fields): boolean =>
  ['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'IndexStmt'].includes(kind) ||
  (kind === 'AlterTableStmt' &&
    listOf(fields['cmds']).every((command) => textOf(nodeOf(command, 'AlterTableCmd')?.['subtype']) === 'AT_AddConstraint'))

const letting = (effect: Effect): Effect =>
  effect.access === 'read' && (effect.facet === 'type' || effect.facet === 'shape') ? { ...effect, lets: true } : effect

function scopeOf(build: EffectScope['build'], sql: string, parser: Parser, depth: number): EffectScope {
  return {
    build,
    parser,
    sql,
    rowwise: depth === 0,
    inside: (text) => statementEffects(text, parser, depth + 1),
    nested: () => scopeOf(effectBuilder(), sql, parser, depth),
  }
}
