import type { StatementEffects } from '@yama/core'
import { effectBuilder } from '@yama/sql'
import { kindOf } from './ast.ts'
import type { EffectScope } from './effect-scope.ts'
import type { Parser } from './load-parser.ts'
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
  for (const statement of statements) {
    const [kind, fields] = kindOf(statement)
    const reader = readers[kind]
    if (reader === undefined) build.unknown(`${kind} is not read`)
    else reader(fields, scopeOf(build, sql, parser, depth))
  }
  return build.done()
}

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
