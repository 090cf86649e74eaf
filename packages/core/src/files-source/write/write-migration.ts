import type { Migration, MigrationMetadata, ParentLink, Reversibility } from '../../contract/migration.ts'

/** A statement to write; comments stand above it. */
export interface WrittenStatement {
  readonly text: string
  readonly comment?: string
}

/** What `writeMigration` writes down; a `Migration` is nearly one. */
export interface MigrationText {
  readonly id: string
  readonly parents: readonly ParentLink[]
  /** Of a checkpoint. */
  readonly covers?: readonly ParentLink[]
  readonly metadata?: Partial<MigrationMetadata>
  readonly state?: Migration['state']
  readonly phase?: Migration['phase']
  readonly transaction?: 'auto' | 'none'
  readonly reversibility?: Reversibility
  readonly requires?: readonly string[]
  readonly needs?: readonly string[]
  readonly appliesTo?: string
  readonly up: readonly WrittenStatement[]
  /** Absent: no Down section. */
  readonly down?: readonly WrittenStatement[]
  /** A comment for the Down section, e.g. why there is none. */
  readonly downComment?: string
}

/**
 * The text of a SQL migration with its header; `parseSqlMigration` reads the same back. Statements with a `;` of their
 * own at a line's end inside a body need no StatementBegin: files are split by the dialect's lexer.
 *
 * @example
 * writeMigration({ id: newMigrationId(), parents: [], up: [{ text: 'CREATE TABLE users (id INTEGER PRIMARY KEY)' }] })
 */
export function writeMigration(migration: MigrationText): string {
  const {
    id,
    parents,
    covers,
    metadata = {},
    state,
    phase,
    transaction,
    reversibility,
    requires = [],
    needs = [],
    appliesTo,
    up,
    down,
    downComment,
  } = migration
  const header: readonly (readonly [key: string, value: string | undefined])[] = [
    ['id', id],
    ['parents', parents.length === 0 ? 'none' : links(parents)],
    ['covers', covers === undefined ? undefined : links(covers)],
    ['description', metadata.description],
    ['author', metadata.author],
    ['date', metadata.date],
    ['ticket', metadata.ticket],
    ['state', state === undefined ? undefined : `${state.before} -> ${state.after}`],
    ['phase', phase],
    ['transaction', transaction],
    ['reversibility', reversibility],
    ['applies-to', appliesTo],
    ['requires', requires.length === 0 ? undefined : `[${requires.join(', ')}]`],
    ['needs', needs.length === 0 ? undefined : `[${needs.join(', ')}]`],
    ...Object.entries(metadata.other ?? {}),
  ]
  const lines = header.flatMap(([key, value]) => (value === undefined || value === '' ? [] : [`-- ${key}: ${oneLine(value)}`]))
  const sections = [...lines, '', '-- +migrate Up', ...up.map(statement)]
  if (down !== undefined || downComment !== undefined) {
    sections.push('', '-- +migrate Down', ...(downComment === undefined ? [] : [comment(downComment)]), ...(down ?? []).map(statement))
  }
  return `${sections.join('\n')}\n`
}

const links = (list: readonly ParentLink[]): string => list.map(({ id, link }) => (link === undefined ? id : `${id}@${link}`)).join(', ')

const oneLine = (value: string): string => value.replaceAll(/\s*[\r\n]+\s*/g, ' ').trim()

const comment = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => `-- ${line}`.trimEnd())
    .join('\n')

const statement = ({ text, comment: above }: WrittenStatement): string => `${above === undefined ? '' : `${comment(above)}\n`}${text};`
