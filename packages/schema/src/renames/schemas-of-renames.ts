import type { Rename } from '../contract/delta.ts'
import type { SchemaDialect } from '../contract/schema-dialect.ts'
import { objectId } from '../facts/fact-id.ts'
import type { Fact, FactBase } from '../facts/fact.ts'
import { parseFactId } from '../facts/parse-fact-id.ts'

/** The schemas that renames move something into and that are not there yet: they have to come first. */
export function schemasOfRenames(before: FactBase, renames: readonly Rename[], dialect: SchemaDialect): readonly Fact<'schema'>[] {
  const renamed = new Set(renames.map(({ to }) => to))
  const found = new Map<string, Fact<'schema'>>()
  for (const { to } of renames) {
    const { schema } = parseFactId(to)
    const id = objectId('schema', '', schema)
    if (schema === '' || schema === dialect.defaultSchema || before.facts.has(id) || renamed.has(id)) continue
    found.set(id, { kind: 'schema', id, schema: '', name: schema, payload: {}, dependsOn: [] })
  }
  return [...found.values()]
}
