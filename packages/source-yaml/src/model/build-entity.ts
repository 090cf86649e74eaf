import { didYouMean } from '../errors/did-you-mean.ts'
import { appliesTo, overridden } from '../field/overridden.ts'
import { parseField, type SpecProblem } from '../field/parse-field.ts'
import type { FieldSpec } from '../field/field-spec.ts'
import type { Checked } from '../read/validate-document.ts'
import type { EntityData } from '../schema/types.ts'
import type { BuildContext } from './build-context.ts'
import type { EntityModel, FieldModel, Placed } from './model.ts'
import { specPosition } from './spec-position.ts'
import { hasNamespaces, namespaceOf } from './namespace-of.ts'
import { productName } from './product-name.ts'

const identifier = /^[\p{L}_][\p{L}\p{N}_$]*$/u

function needsMark(spec: FieldSpec, earlier: boolean): boolean {
  if (spec.nullable !== undefined || earlier || spec.generated !== undefined) return false
  return !(spec.type.kind === 'named' && spec.type.array > 0)
}

function markFix(spec: FieldSpec, data: unknown): string {
  if (spec.type.kind === 'raw') return 'Add `nullable: false` or `nullable: true`.'
  const type = typeof data === 'string' ? /^[^\s!?]+(?:\([^)]*\))?/.exec(data)?.[0] : undefined
  return type === undefined
    ? 'Add `!` for NOT NULL or `?` for nullable directly after the type.'
    : `Write \`${type}!\` for NOT NULL, or \`${type}?\` where null is allowed.`
}

/** Reads the fields of one entity. */
export function buildEntity(placed: Placed, written: EntityData, document: Checked, context: BuildContext): EntityModel {
  const { dialect, naming, report } = context
  const { source, path, name } = placed
  const data = overridden(written, dialect.kind)
  const earlier = document.data.compat === 'yamajs'
  const fields = new Map<string, FieldModel>()
  const silent = new Set<string>()
  for (const gone of document.broken) if (gone.startsWith(`entities.${name}.fields.`)) silent.add(gone.split('.')[3] ?? '')
  const problem = ({ code, details, place }: SpecProblem, field: Placed): void =>
    report.error(
      code,
      { field: `${name}.${field.name}`, enum: `of ${name}.${field.name}`, where: `The field ${name}.${field.name}`, ...details },
      specPosition(field, place),
    )
  for (const [fieldName, fieldData] of Object.entries(data.fields)) {
    const field: Placed = { name: fieldName, source, path: [...path, 'fields', fieldName] }
    if (!identifier.test(fieldName)) {
      report.error(
        'YAMA_ENTITY_FIELD_SYNTAX',
        {
          field: `${name}.${fieldName}`,
          problem: 'its name has characters that fields cannot have',
          fix: 'Use letters, digits and `_`, and give the name in the database as `column:`.',
        },
        source.keyAt(field.path),
      )
      silent.add(fieldName)
      continue
    }
    if (typeof fieldData !== 'string' && !appliesTo(fieldData, dialect.kind)) {
      silent.add(fieldName)
      continue
    }
    const { spec, problems } = parseField(fieldData, dialect.kind, earlier)
    for (const each of problems) problem(each, field)
    if (spec === undefined) {
      silent.add(fieldName)
      continue
    }
    if (needsMark(spec, earlier))
      problem(
        {
          code: 'YAMA_ENTITY_NULLABILITY',
          details: { fix: markFix(spec, fieldData) },
          place: spec.places['type'] ?? spec.places['relation'] ?? { offset: 0 },
        },
        field,
      )
    fields.set(fieldName, { ...field, spec })
  }
  const given = data.partitionOf !== undefined || data.inherits !== undefined || data.options?.['virtual'] !== undefined
  if (Object.keys(data.fields).length === 0 && silent.size === 0 && !given) {
    // PostgreSQL alone has tables without columns, and a schema that was pulled may have one.
    const tell = dialect.kind === 'postgres' ? report.warning : report.error
    tell('YAMA_ENTITY_NO_FIELDS', { entity: name }, source.keyAt([...path, 'fields']))
  }
  if (data.schema !== undefined && !hasNamespaces(dialect)) {
    report.warning(
      'YAMA_ENTITY_NO_SCHEMAS',
      { schema: data.schema, entity: name, database: productName(dialect.kind) },
      source.keyAt([...path, 'schema']),
    )
  }
  return {
    ...placed,
    data,
    earlier,
    schema: namespaceOf(data.schema, dialect),
    table: data.table ?? naming.table(name),
    fields,
    silent,
    brokenIndexes: [...document.broken].some((each) => each.startsWith(`entities.${name}.indexes.`)),
    primary: primaryFields(placed, data, fields, silent, context),
  }
}

function primaryFields(
  { name, source, path }: Placed,
  data: EntityData,
  fields: ReadonlyMap<string, FieldModel>,
  silent: ReadonlySet<string>,
  { report }: BuildContext,
): readonly string[] {
  const marked = [...fields.values()].filter((field) => field.spec.primary)
  if (data.primary === undefined) return marked.map((field) => field.name)
  const list = Array.isArray(data.primary) ? data.primary : data.primary.fields
  const at = Array.isArray(data.primary) ? [...path, 'primary'] : [...path, 'primary', 'fields']
  const first = marked[0]
  if (first !== undefined) {
    report.error(
      'YAMA_ENTITY_CONFLICT',
      {
        where: `The entity ${name}`,
        problem: `the primary key is given by \`primary:\` and by the field \`${first.name}\``,
        fix: `Remove \`primary\` from the field, or the list.`,
      },
      source.keyAt([...path, 'primary']),
    )
  }
  // Fields of parents are looked up when all entities are known.
  const hasParents = data.partitionOf !== undefined || data.inherits !== undefined
  return list.filter((each, index) => {
    if (fields.has(each) || hasParents) return true
    if (!silent.has(each))
      report.error(
        'YAMA_ENTITY_FIELD_UNKNOWN',
        { where: 'The primary key', field: each, entity: name, fix: didYouMean(each, fields.keys()) },
        source.at([...at, index]),
      )
    return false
  })
}
