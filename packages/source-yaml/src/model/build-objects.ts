import type { DatabaseKind } from '@yama/core'
import type { Report } from '../errors/report.ts'
import { appliesTo } from '../field/overridden.ts'
import type { Checked } from '../read/validate-document.ts'
import type { ObjectData, ObjectSection } from '../schema/types.ts'
import type { BuildContext } from './build-context.ts'
import type { Model, ObjectModel, Placed } from './model.ts'

type Objects = { readonly [S in ObjectSection]: ObjectModel<S>[] }

export const noObjects = (): Objects => ({
  domains: [],
  types: [],
  functions: [],
  triggers: [],
  rules: [],
  statistics: [],
  publications: [],
  eventTriggers: [],
  objects: [],
})

type Section = ObjectSection | 'grants' | 'owners' | 'defaultPrivileges'
const ENTRY = { grants: 'grant', owners: 'owner', defaultPrivileges: 'default privilege' } as const

/** Which databases have what a section describes. */
const KNOWN = {
  postgres: new Set([
    'domains',
    'types',
    'functions',
    'triggers',
    'rules',
    'statistics',
    'publications',
    'eventTriggers',
    'objects',
    'grants',
    'owners',
    'defaultPrivileges',
  ]),
  mysql: new Set(['functions', 'triggers']),
  mariadb: new Set(['functions', 'triggers']),
  sqlite: new Set(['triggers']),
} as const satisfies Record<DatabaseKind, ReadonlySet<Section>>

/** Says that a database has no such thing, and that nothing was done about the entry. */
function isCarried(placed: Placed, section: Section, { dialect, report }: Pick<BuildContext, 'dialect' | 'report'>): boolean {
  if ((KNOWN[dialect.kind] as ReadonlySet<string>).has(section)) return true
  report.warning(
    'YAMA_ENTITY_NOT_CARRIED',
    { what: `\`${placed.name}\` of ${section}`, fix: `Nothing like it is managed there; add \`only: [postgres]\`.` },
    placed.source.keyAt(placed.path),
  )
  return false
}

/** Sections that must say a statement. */
const STATED: ReadonlySet<ObjectSection> = new Set<ObjectSection>(['functions', 'triggers', 'rules', 'statistics', 'objects'])

/** Adds what a document says of objects beside tables; a second entry of one name is reported. `named` is filled with the first of each. */
export function buildObjects(
  { data, source }: Checked,
  into: Objects,
  named: Map<string, Placed>,
  { dialect, report }: BuildContext,
): void {
  for (const section of Object.keys(into) as ObjectSection[]) {
    for (const [name, entry] of Object.entries(data[section] ?? {})) {
      if (!appliesTo(entry, dialect.kind)) continue
      const placed: Placed = { name, source, path: [section, name] }
      if (!isCarried(placed, section, { dialect, report })) continue
      const sql = statementOf(placed, section, entry, { dialect, report })
      if (sql === undefined) continue
      const key = `${section} ${name}`
      const first = named.get(key)
      if (first !== undefined) {
        reportTwice(first, placed, section, report)
        continue
      }
      named.set(key, placed)
      ;(into[section] as ObjectModel[]).push({ ...placed, data: entry, sql } as ObjectModel)
    }
  }
}

function reportTwice(first: Placed, second: Placed, section: ObjectSection, report: Report): void {
  const { file, line, column } = first.source.keyAt(first.path)
  report.error(
    'YAMA_ENTITY_DUPLICATE_NAME',
    { kind: `entry of ${section}`, name: second.name, other: `${file}:${line}:${column}` },
    second.source.keyAt(second.path),
  )
}

/** The statement without its last semicolon; `''` where the section has none, undefined where one is missing, which is reported. */
function statementOf(
  { name, source, path }: Placed,
  section: ObjectSection,
  entry: ObjectData<ObjectSection>,
  { dialect, report }: Pick<BuildContext, 'dialect' | 'report'>,
): string | undefined {
  if (!STATED.has(section)) return ''
  const given = 'sql' in entry ? entry.sql : undefined
  const own =
    given === undefined || typeof given === 'string'
      ? given
      : (given[dialect.kind] ?? (dialect.kind === 'mariadb' ? given.mysql : undefined) ?? given.default)
  const file = 'file' in entry && entry.file !== undefined ? source.fileText(entry.file) : undefined
  const text = own ?? file
  if (text !== undefined) return text.trim().replace(/;\s*$/, '')
  const missing = 'file' in entry && entry.file !== undefined
  report.error(
    'YAMA_ENTITY_CONFLICT',
    {
      where: `\`${name}\` of ${section}`,
      problem: missing ? `its file ${String('file' in entry ? entry.file : '')} cannot be read` : `it has no statement for ${dialect.kind}`,
      fix: missing ? 'Paths are relative to the entity file.' : 'Add `sql:` with the whole CREATE statement, or `only:`.',
    },
    source.keyAt(missing ? [...path, 'file'] : path),
  )
  return undefined
}

/** Privileges and owners, in order. */
export function buildGrants(
  { data, source }: Checked,
  into: {
    readonly grants: Model['grants'][number][]
    readonly owners: Model['owners'][number][]
    readonly defaultPrivileges: Model['defaultPrivileges'][number][]
  },
  { dialect, report }: BuildContext,
): void {
  for (const section of ['grants', 'owners', 'defaultPrivileges'] as const) {
    for (const [index, entry] of (data[section] ?? []).entries()) {
      if (!appliesTo(entry, dialect.kind)) continue
      const placed = {
        name: `${ENTRY[section]} ${index + 1}`,
        source,
        path: [section, index],
        data: entry,
      }
      if (isCarried(placed, section, { dialect, report })) (into[section] as unknown[]).push(placed)
    }
  }
}
