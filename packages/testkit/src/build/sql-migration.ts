import { rawHash, semanticHash, type Migration, type ParentLink, type Phase, type SqlStep, type TransactionMode } from '@yama/core'

export interface SqlMigrationOptions {
  readonly id: string
  /** One statement or several; a statement that the server refuses in a transaction says so. */
  readonly up: string | readonly (string | { readonly alone: string })[]
  readonly down?: string | readonly (string | { readonly alone: string })[]
  /** `id` or `id@link`. Left out: a file without a header, placed by the order of names. */
  readonly parents?: readonly string[]
  readonly name?: string
  readonly phase?: Phase
  readonly transaction?: TransactionMode
  readonly reversibility?: Migration['reversibility']
}

/**
 * A migration as a file source would give it, with hashes and positions.
 *
 * @example sqlMigration({ id: '001_users', up: 'CREATE TABLE users (id integer)', down: 'DROP TABLE users' })
 */
export function sqlMigration(options: SqlMigrationOptions): Migration {
  const { id, parents, name = id, phase = 'expand', transaction = 'auto', reversibility } = options
  const file = `migrations/${name}.sql`
  const up = steps(file, options.up, 1)
  const down = options.down === undefined ? undefined : steps(file, options.down, up.length + 1)
  const body = [...up, ...(down ?? [])].map((step) => `${step.text};\n`).join('')
  const transactions = { up: transaction, down: transaction }
  const meaning = { up: up.map(tokens), down: down?.map(tokens), transaction: transactions, phase, requires: [] }
  return Object.freeze({
    id,
    name,
    file,
    phase,
    up,
    body,
    version: /^\d*/.exec(name)?.[0] ?? '',
    kind: 'sql',
    parents: (parents ?? []).map(parentLink),
    ...(down === undefined ? {} : { down }),
    ...(reversibility === undefined ? {} : { reversibility }),
    transaction: transactions,
    metadata: { other: {} },
    requires: [],
    rawHash: rawHash(body),
    semanticHash: semanticHash(meaning),
    headerless: parents === undefined,
  } satisfies Migration)
}

const tokens = (step: SqlStep): string => step.text.replaceAll(/\s+/g, ' ').trim()

function steps(file: string, statements: SqlMigrationOptions['up'], firstLine: number): readonly SqlStep[] {
  const list = typeof statements === 'string' ? [statements] : statements
  return list.map((statement, index) => ({
    kind: 'sql',
    text: typeof statement === 'string' ? statement : statement.alone,
    position: { file, line: firstLine + index, column: 1 },
    transaction: typeof statement === 'string' ? 'any' : 'none',
  }))
}

function parentLink(text: string): ParentLink {
  const [id = text, link] = text.split('@')
  return link === undefined ? { id } : { id, link }
}
