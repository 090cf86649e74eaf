import type { RuleContext, SchemaDialect } from '../contract/schema-dialect.ts'
import type { FactBase } from '../facts/fact.ts'

/** The server that the first base with a version in its tag was read from: `pg15:s1` is major 15. Major 0 where no tag says one. */
export function serverOf(dialect: SchemaDialect, ...bases: readonly FactBase[]): RuleContext['server'] {
  const major = bases.map((base) => /^[a-z]+(\d+)/.exec(base.tag)?.[1]).find((found) => found !== undefined) ?? '0'
  return { kind: dialect.kind, major: Number(major), version: major }
}
