import { describeFact, type Fact, type RuleContext } from '@yama/schema'
import { mysqlErrors } from '../errors/errors.ts'
import { TABLE_OPTIONS } from '../types/table-options.ts'

/** What a fact states, in words, and whether it does. */
type Statement = readonly [what: string, stated: boolean]

const METHODS: ReadonlySet<string> = new Set(['btree', 'hash', 'rtree', 'fulltext', 'spatial', 'vector'])
const INDEX_OPTIONS: ReadonlySet<string> = new Set(['using', 'parser', 'invisible', 'ignored', 'keyBlockSize'])
const CONSTRAINT_OPTIONS: ReadonlySet<string> = new Set([
  'using',
  'keys',
  'invisible',
  'ignored',
  'keyBlockSize',
  'notEnforced',
  'withoutOverlaps',
])
const COLUMN_OPTIONS: ReadonlySet<string> = new Set([
  'onUpdate',
  'invisible',
  'compressed',
  'srid',
  'check',
  'columnFormat',
  'storage',
  'noDefault',
  'withoutVersioning',
  'row',
])
const TABLE: ReadonlySet<string> = new Set([
  ...TABLE_OPTIONS.map(({ name }) => name),
  'collation',
  'partition',
  'systemVersioned',
  'systemPeriod',
  'period',
])
const VIEW_OPTIONS: ReadonlySet<string> = new Set(['algorithm', 'security', 'checkOption', 'columns', 'jsonDuality'])

const unknownOption = (options: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): readonly Statement[] =>
  Object.keys(options)
    .filter((name) => !known.has(name))
    .map((name) => [`option \`${name}\` there`, true])

function statements(
  fact: Fact<'table'> | Fact<'column'> | Fact<'constraint'> | Fact<'index'> | Fact<'view'>,
  kind: RuleContext['server']['kind'],
): readonly Statement[] {
  switch (fact.kind) {
    case 'table':
      return unknownOption(fact.payload.options, TABLE)
    case 'column':
      return [
        ['choice of start, step or bounds of its numbers', Object.keys(fact.payload.identity ?? {}).some((key) => key !== 'mode')],
        ['columns that take NULL and have no default', kind === 'mariadb' && fact.payload.options['noDefault'] === true],
        ...unknownOption(fact.payload.options, COLUMN_OPTIONS),
      ]
    case 'view':
      return [
        ['materialized views', fact.payload.materialized],
        ['JSON duality views', kind === 'mariadb' && fact.payload.options['jsonDuality'] === true],
        ...unknownOption(fact.payload.options, VIEW_OPTIONS),
      ]
    case 'constraint':
      return [...ofConstraint(fact), ...unknownOption(fact.payload.options, CONSTRAINT_OPTIONS)]
    case 'index':
      return [...ofIndex(fact, kind), ...unknownOption(fact.payload.options, INDEX_OPTIONS)]
  }
}

const ofConstraint = ({ payload }: Fact<'constraint'>): readonly Statement[] => [
  ['exclusion constraints', payload.type === 'exclusion'],
  ['deferrable constraints', payload.deferrable !== undefined],
  ['keys with columns included', payload.include !== undefined],
  ['unique keys in which nulls are equal', payload.nullsNotDistinct === true],
  ['constraints that are not validated', payload.notValid === true],
  ['MATCH FULL', payload.references?.match !== undefined],
  ['ON DELETE of some columns', payload.references?.onDeleteColumns !== undefined],
]

const ofIndex = ({ payload }: Fact<'index'>, kind: RuleContext['server']['kind']): readonly Statement[] => [
  ['partial indexes', payload.where !== undefined],
  ['indexes with columns included', payload.include !== undefined],
  ['unique indexes in which nulls are equal', payload.nullsNotDistinct === true],
  [`index method ${payload.method}`, !METHODS.has(payload.method)],
  ['operator classes', payload.keys.some((key) => key.operatorClass !== undefined)],
  ['place for nulls in an index', payload.keys.some((key) => key.nulls !== undefined)],
  ['collation of an index', payload.keys.some((key) => key.collation !== undefined)],
  [
    'indexes over expressions (an index over a generated column does the same)',
    kind === 'mariadb' && payload.keys.some((key) => key.expression !== undefined),
  ],
]

/** Throws YAMA_MYSQL_NOT_SUPPORTED at the place of what the server has no word for: leaving it out would be another schema. */
export function requireSupported(fact: Parameters<typeof statements>[0], { server }: RuleContext): void {
  const found = statements(fact, server.kind).find(([, stated]) => stated)
  if (found === undefined) return
  const database = server.kind === 'mariadb' ? 'MariaDB' : 'MySQL'
  throw mysqlErrors.YAMA_MYSQL_NOT_SUPPORTED({ database, what: found[0], fact: describeFact(fact.id) }, { position: fact.origin })
}
