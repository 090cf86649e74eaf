import { sha256Hex } from '@yama/core'
import type { SchemaDialect } from '@yama/schema'
import { didYouMean } from '../errors/did-you-mean.ts'
import { sourceYamlErrors } from '../errors/errors.ts'
import { fits, nameLength, type NameRules } from './name-length.ts'
import { camelCase, pascalCase, snakeCase } from './letter-case.ts'

export type ConstraintKind = Parameters<SchemaDialect['defaultName']>[0]

/** How names of entities become names of the database. */
export interface Naming {
  table(entity: string): string
  column(field: string): string
  enumeration(name: string): string
  /** Column of a relation: `author` → `author_id`. */
  relationColumn(field: string): string
  /** The name where none is given; within the limit of the server. */
  member(kind: ConstraintKind, table: string, columns: readonly string[]): string
  /** A name of Yama's own making, cut with a hash where it is too long. */
  fit(name: string): string
}

const cases = { snake_case: snakeCase, camelCase, PascalCase: pascalCase, asWritten: (name: string): string => name } as const
const caseKeys = ['tables', 'columns', 'enums'] as const
const patternKeys = ['relation', 'primary', 'unique', 'foreign', 'check', 'index', 'exclusion'] as const
const holes: Readonly<Record<string, readonly string[]>> = { relation: ['field'] }

function check(settings: Readonly<Record<string, string>>): void {
  const known: readonly string[] = [...caseKeys, ...patternKeys]
  for (const [key, value] of Object.entries(settings)) {
    if (!known.includes(key))
      throw sourceYamlErrors.YAMA_ENTITY_NAMING({ problem: `the unknown key \`${key}\``, fix: didYouMean(key, known) })
    if ((caseKeys as readonly string[]).includes(key)) {
      if (!(value in cases))
        throw sourceYamlErrors.YAMA_ENTITY_NAMING({
          problem: `the unknown case \`${value}\` for ${key}`,
          fix: didYouMean(value, Object.keys(cases)),
        })
      continue
    }
    const allowed = holes[key] ?? ['table', 'columns']
    const wrong = [...value.matchAll(/\{(\w+)\}/g)].find((match) => !allowed.includes(match[1] ?? ''))
    const first = allowed[0] ?? ''
    if (wrong !== undefined)
      throw sourceYamlErrors.YAMA_ENTITY_NAMING({
        problem: `the unknown hole ${wrong[0]} in \`${key}\``,
        fix: `Known: ${allowed.map((each) => `{${each}}`).join(', ')}.`,
      })
    if (!value.includes(`{${first}}`))
      throw sourceYamlErrors.YAMA_ENTITY_NAMING({
        problem: `no {${first}} in \`${key}\``,
        fix: `Every name would be the same; write for example \`{${first}}_…\`.`,
      })
  }
}

/** Throws YAMA_ENTITY_NAMING for a policy that makes no sense. */
export function createNaming(settings: Readonly<Record<string, string>>, dialect: Pick<SchemaDialect, 'defaultName'> & NameRules): Naming {
  check(settings)
  const caseOf = (key: (typeof caseKeys)[number]) => cases[(settings[key] ?? 'snake_case') as keyof typeof cases]
  const table = caseOf('tables')
  const column = caseOf('columns')
  const enumeration = caseOf('enums')
  const fit = (name: string): string => {
    if (fits(name, dialect)) return name
    const hash = sha256Hex(name).slice(0, 8)
    let kept = name
    while (nameLength(kept, dialect) > dialect.identifierLimit - 9) kept = [...kept].slice(0, -1).join('')
    return `${kept}_${hash}`
  }
  return {
    table,
    column,
    enumeration,
    relationColumn: (field) =>
      settings['relation'] === undefined ? column(`${field}_id`) : settings['relation'].replaceAll('{field}', column(field)),
    member(kind, tableName, columns) {
      const pattern = settings[kind]
      const name =
        pattern === undefined
          ? dialect.defaultName(kind, tableName, columns)
          : pattern.replaceAll('{table}', tableName).replaceAll('{columns}', columns.join('_'))
      return fit(name)
    },
    fit,
  }
}
