import { canonicalJson } from '@yama/core'
import { type AnyFact, type Fact, type FactId, objectId, parseFactId, type SchemaDialect } from '@yama/schema'

/** Whitespace, letter case and an enclosing parenthesis say nothing; anything more is for the server to judge. */
export function plainExpression(text: string | undefined): string {
  let plain = (text ?? '')
    .replaceAll(
      /('(?:[^']|'')*'|"(?:[^"]|"")*")|(\s+)|([^'"\s]+)/g,
      (_, quoted: string | undefined, space: string | undefined, rest: string | undefined) =>
        quoted ?? (space === undefined ? (rest ?? '').toLowerCase() : ' '),
    )
    .trim()
  while (plain.startsWith('(') && enclosing(plain)) plain = plain.slice(1, -1).trim()
  return plain
}

function enclosing(text: string): boolean {
  let depth = 0
  for (const [index, letter] of [...text].entries()) {
    if (letter === '(') depth++
    if (letter === ')') depth--
    if (depth === 0 && index < text.length - 1) return false
  }
  return text.endsWith(')')
}

/** What identifies a fact on both sides. A constraint without a name is known by what it says. */
export function factKey(fact: AnyFact): FactId {
  if (fact.kind !== 'constraint' || fact.payload.named) return fact.id
  const { type, columns, references, expression } = fact.payload
  const { schema, table = '' } = parseFactId(fact.id)
  const shape =
    type === 'check' || type === 'exclusion'
      ? plainExpression(expression)
      : [...columns, references?.schema ?? '', references?.table ?? ''].join(',')
  return `${schema}/${table}/${type}/${shape}`
}

/**
 * Facts by what identifies them. A function is also known by its name alone where no other has it: its arguments stand in the
 * statement, which only the server reads.
 */
export function factsByKey(facts: Iterable<AnyFact>): ReadonlyMap<string, AnyFact> {
  const found = new Map<string, AnyFact>()
  const plain = new Map<string, AnyFact | undefined>()
  for (const fact of facts) {
    found.set(factKey(fact), fact)
    if (fact.kind !== 'function') continue
    const short = objectId('function', fact.schema, fact.payload.name)
    plain.set(short, plain.has(short) ? undefined : fact)
  }
  for (const [short, fact] of plain) if (fact !== undefined && !found.has(short)) found.set(short, fact)
  return found
}

const sameComment = (stated: string | undefined, found: string | undefined): boolean => found === undefined || stated === found

function plainType(dialect: SchemaDialect, type: string): string {
  const portable = dialect.types.toPortable(type)
  return portable === undefined
    ? type.toLowerCase().replaceAll(/\s+/g, ' ').replaceAll('"', '').replace(`${dialect.defaultSchema}.`, '')
    : canonicalJson(portable)
}

function plainDefault(dialect: SchemaDialect, payload: Fact<'column'>['payload']): string {
  if (payload.default === undefined) return ''
  const value = dialect.types.defaultToPortable(payload.default, payload.type)
  return 'sql' in value ? plainExpression(value.sql) : canonicalJson(value)
}

/** A fact in a form in which equal texts mean equal things. A missing comment in the database is no difference. */
function plainPayload(fact: AnyFact, dialect: SchemaDialect): unknown {
  switch (fact.kind) {
    case 'column': {
      const { comment: _, ...payload } = fact.payload
      const generated =
        payload.generated === undefined ? undefined : { ...payload.generated, expression: plainExpression(payload.generated.expression) }
      return { ...payload, type: plainType(dialect, payload.type), default: plainDefault(dialect, payload), generated }
    }
    case 'constraint': {
      const { comment: _, columns, expression, ...payload } = fact.payload
      const written = payload.type === 'check' || payload.type === 'exclusion'
      return { ...payload, columns: written ? [] : columns, expression: expression === undefined ? undefined : plainExpression(expression) }
    }
    case 'index': {
      const { comment: _, where, keys, invalid: __, ...payload } = fact.payload
      return {
        ...payload,
        where: where === undefined ? undefined : plainExpression(where),
        keys: keys.map((key) => (key.expression === undefined ? key : { ...key, expression: plainExpression(key.expression) })),
      }
    }
    case 'view': {
      const { comment: _, columns, query, ...payload } = fact.payload
      return {
        ...payload,
        query: plainExpression(query),
        columns: columns
          .filter(({ comment, default: value, options }) => comment !== undefined || value !== undefined || options !== undefined)
          .map(({ type: _, ...said }) => ({ ...said, default: plainExpression(said.default) }))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      }
    }
    case 'function':
      return {
        type: fact.payload.type,
        definition: plainExpression(fact.payload.definition.replace(/^\s*create\s+or\s+replace\b/i, 'create')),
        sqlMode: fact.payload.sqlMode,
        collation: fact.payload.collation,
        timeZone: fact.payload.timeZone,
      }
    case 'trigger':
    case 'rule':
    case 'object':
    case 'statistics': {
      const { comment: _, definition, ...payload } = fact.payload
      return { ...payload, definition: plainExpression(definition) }
    }
    case 'policy': {
      const { comment: _, using, check, ...payload } = fact.payload
      return { ...payload, using: plainExpression(using), check: plainExpression(check) }
    }
    case 'domain': {
      const { comment: _, checks, ...payload } = fact.payload
      return { ...payload, checks: checks.map((check) => ({ ...check, expression: plainExpression(check.expression) })) }
    }
    default: {
      const { comment: _, ...payload } = fact.payload as { comment?: string }
      return payload
    }
  }
}

const commentOf = (fact: AnyFact): string | undefined => ('comment' in fact.payload ? fact.payload.comment : undefined)

/** True where the file already says what the database has. `canonical` is what the server made of the stated fact. */
export function sameFact(stated: AnyFact, found: AnyFact, dialect: SchemaDialect, canonical: AnyFact | undefined): boolean {
  if (!sameComment(commentOf(stated), commentOf(found)) || (found.unchecked === true && stated.unchecked !== true)) return false
  const before = canonical ?? stated
  return canonicalJson(plainPayload(before, dialect)) === canonicalJson(plainPayload(found, dialect))
}
