import type { DatabaseKind } from '@yama/core'
import type { RuleContext, SchemaDialect } from '../contract/schema-dialect.ts'
import type { FactBase } from '../facts/fact.ts'

/** The words that tags begin with. */
const KINDS: Readonly<Record<string, DatabaseKind>> = { pg: 'postgres', sqlite: 'sqlite', mysql: 'mysql', mariadb: 'mariadb' }

/** The server that the first base with a version in its tag was read from: `mariadb10:s1` is MariaDB 10, whatever the URL said. Major 0 where no tag says one. */
export function serverOf(dialect: SchemaDialect, ...bases: readonly FactBase[]): RuleContext['server'] {
  const found = bases.map((base) => /^([a-z]+)(\d+)/.exec(base.tag)).find((match) => match !== null)
  const [, word = '', major = '0'] = found ?? []
  return { kind: KINDS[word] ?? dialect.kind, major: Number(major), version: major }
}
