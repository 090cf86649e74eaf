import type { DataLoss, Diagnostic, Dialect, Migration, StatementEffects } from '@yama/core'
import type { FactBase } from '@yama/schema'
import type { EnvironmentReview, ReviewDocument, ReviewedMigration } from '../contract/review-document.ts'
import { assessRisk } from '../findings/assess-risk.ts'
import { reviewFindings } from '../findings/review-findings.ts'
import { describeTouches, type SchemaStates } from '../objects/describe-touches.ts'
import { kindOf, nameOf, touchedObjects } from '../objects/touched-objects.ts'
import type { CodeOwnersRule } from '../owners/code-owners.ts'
import { findOwners, neededApprovals } from '../owners/find-owners.ts'
import { schemaDifference } from '../schema/schema-difference.ts'
import { statementRenames } from '../schema/statement-renames.ts'
import type { ChangedMigration } from './changed-migrations.ts'
import { maskSecrets, maskUrls } from './mask-secrets.ts'
import { reviewMigration, type KnownOfStatements } from './review-migration.ts'

export interface ReviewInput {
  readonly project: string
  readonly dialect: Dialect
  readonly against: ReviewDocument['against']
  /** In the order in which they run, operations compiled to SQL. */
  readonly changed: readonly ChangedMigration[]
  readonly removed: readonly Migration[]
  readonly losses: readonly DataLoss[]
  /** The schema without and with the change; absent where they were not built. */
  readonly states?: { readonly before: FactBase; readonly after: FactBase }
  readonly environments: readonly EnvironmentReview[]
  /** What other checks found. */
  readonly diagnostics: readonly Diagnostic[]
  /** From a file of the project to the same in the repository. */
  readonly inRepository: (file: string) => string
  /** `owner:` of the entities by table or view, and the CODEOWNERS file. */
  readonly entityOwners: ReadonlyMap<string, string>
  /** The file of an entity by the same name, relative to the repository. */
  readonly entityFiles?: ReadonlyMap<string, string>
  readonly codeOwners: readonly CodeOwnersRule[]
}

/** Puts together what a reviewer wants to know of a change. Runs nothing. */
export async function writeReview(input: ReviewInput): Promise<ReviewDocument> {
  const { dialect, changed, states } = input
  const statements = await statementsOf(changed, dialect)
  const renames =
    states === undefined
      ? []
      : statementRenames(
          statements.map(({ effects }) => effects),
          states.before,
          states.after,
        )
  const known: SchemaStates | undefined = states === undefined ? undefined : { ...states, renames }
  const objects = describeTouches(touchedObjects(statements), known)
  const migrations = changed.map((each) => reviewMigration(each, dialect, knownOf(statements, isThere(objects, states))))
  const losses = input.losses.map((loss) => ({ ...loss, what: maskSecrets(loss.what, dialect.kind) }))
  const own = reviewFindings({ dialect: dialect.kind, migrations, losses })
  const findings = ordered([...input.diagnostics, ...own].map((finding) => ({ ...finding, message: maskUrls(finding.message) })))
  const owners = {
    objects,
    files: [...new Set(changed.map(({ migration }) => input.inRepository(migration.file)))],
    entityOwners: input.entityOwners,
    ...(input.entityFiles === undefined ? {} : { entityFiles: input.entityFiles }),
    codeOwners: input.codeOwners,
  }
  const removed = input.removed.map(({ id, name, file }) => ({ id, name, file }))
  const told = losses.map(({ migration, loss, what }) => ({ migration, loss, what }))
  const document = { migrations, removed, losses: told, findings, objects }
  return {
    format: 1,
    project: input.project,
    dialect: dialect.kind,
    against: input.against,
    summary: summarise(migrations, removed.length, losses, input.against),
    risk: assessRisk(document),
    ...document,
    environments: input.environments,
    ...(states === undefined ? {} : { schema: schemaDifference(states.before, states.after, renames) }),
    owners: findOwners(owners),
    approvals: neededApprovals(owners, told),
    confirmation: losses.length > 0,
  }
}

interface Statement {
  readonly migration: string
  readonly sql: string
  readonly effects: StatementEffects
}

async function statementsOf(changed: readonly ChangedMigration[], dialect: Dialect): Promise<readonly Statement[]> {
  const steps = changed.flatMap(({ migration }) =>
    migration.up.flatMap((step) => (step.kind === 'sql' ? [{ migration: migration.name, sql: step.text }] : [])),
  )
  if (steps.length === 0) return []
  const judge = await dialect.commutativity?.()
  const found = await judge?.effectsOf(steps.map(({ sql }) => sql))
  return steps.map((step, at) => ({ ...step, effects: found?.[at] ?? { effects: [], unknown: 'this dialect reads no statements' } }))
}

function knownOf(statements: readonly Statement[], there: (table: string) => boolean): KnownOfStatements {
  const bySql = new Map(statements.map(({ sql, effects }) => [sql, effects]))
  return {
    unread: (sql) => bySql.get(sql)?.unknown,
    inUse: (sql, object) => {
      if (object !== undefined && there(object)) return object
      const relations = bySql.get(sql)?.effects.filter((effect) => kindOf(effect.object) === 'relation') ?? []
      // What the statement makes, or names where the state before is not known, may have any name.
      const made = new Set(
        relations
          .filter(({ access, facet, member }) => access === 'add' && facet === 'exist' && member === undefined)
          .map((effect) => effect.object),
      )
      return relations.map((effect) => (made.has(effect.object) ? '' : nameOf(effect.object))).find((name) => name !== '' && there(name))
    },
  }
}

/** Where the state before is not known, what the change does not make itself is taken to be there. */
function isThere(objects: ReviewDocument['objects'], states: ReviewInput['states']): (table: string) => boolean {
  const made = new Set(objects.filter(({ does }) => does === 'creates').map(({ name }) => bare(name)))
  const there =
    states === undefined
      ? undefined
      : new Set([...states.before.facts.values()].filter(({ kind }) => kind === 'table').map(({ name }) => bare(name)))
  return (table) => (there === undefined ? !made.has(bare(table)) : there.has(bare(table)))
}

const bare = (name: string): string =>
  name
    .replaceAll(/["`[\]]/g, '')
    .replace(/^.*\./, '')
    .toLowerCase()

const SEVERITIES: readonly Diagnostic['severity'][] = ['error', 'warning', 'info']

/** The worst first, and each once. */
const ordered = (findings: readonly Diagnostic[]): readonly Diagnostic[] =>
  [...new Map(findings.map((finding) => [keyOf(finding), finding])).values()].toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  )

const keyOf = ({ code, message, position }: Diagnostic): string =>
  code === 'YAMA_CHECK_NO_DOWN' ? `${code} ${position?.file ?? ''}` : `${code} ${message} ${position?.line ?? ''}`

function summarise(
  migrations: readonly ReviewedMigration[],
  removed: number,
  losses: readonly DataLoss[],
  against: ReviewDocument['against'],
): string {
  const where = against.kind === 'base' ? `compared with ${against.name}` : `pending in ${against.name}`
  if (migrations.length === 0 && removed === 0) return `No migration is new or changed, ${where}.`
  const added = migrations.filter(({ change }) => change === 'added').length
  const counts = [
    plural(added, 'new migration'),
    plural(migrations.length - added, 'changed migration'),
    plural(removed, 'deleted migration'),
  ].filter((part) => part !== '')
  const statements = migrations.reduce((sum, { up }) => sum + up.length, 0)
  const lost = losses.length === 0 ? 'no data is lost' : losses.some(({ loss }) => loss === 'certain') ? 'data is lost' : 'data may be lost'
  return `${counts.join(', ')} with ${plural(statements, 'statement') || 'no statement'}, ${where}; ${lost}.`
}

const plural = (count: number, what: string): string => (count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`)
