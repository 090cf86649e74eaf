import type { AnyFact } from '@yama/schema'
import { loadEntities, type LoadedEntities } from '../src/load/load-entities.ts'
import { fakeDialect } from './fake-dialect.ts'

/** Files beside the entities. */
const STATEMENTS: Readonly<Record<string, string>> = {
  'sql/normalize_phone.sql': "CREATE FUNCTION normalize_phone(phone text) RETURNS text LANGUAGE sql AS 'select phone';\n",
}

/** Loads one text, or several by file name. */
export async function loadText(
  text: string | Readonly<Record<string, string>>,
  kind: Parameters<typeof fakeDialect>[0] = 'postgres',
  naming: Readonly<Record<string, string>> = {},
): Promise<LoadedEntities> {
  const files = typeof text === 'string' ? { 'schema/app.yaml': text } : text
  return loadEntities(
    Object.entries(files).map(([file, each]) => ({ file, path: `/project/${file}`, text: each, statement: (name) => STATEMENTS[name] })),
    fakeDialect(kind),
    naming,
  )
}

/** Facts without places, for comparisons. */
export function bare(facts: readonly AnyFact[]): readonly unknown[] {
  return facts.map(({ id, payload, dependsOn, was }) => ({ id, payload, dependsOn, ...(was === undefined ? {} : { was }) }))
}
