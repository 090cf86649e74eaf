import type { Connection, ExpectedState, ObjectStates, StepExpectation } from '@yama/core'
import { describeStatement } from '../statements/describe-statement.ts'
import { lexerRules, significantTokens } from '@yama/sql'
import { objectState, type ObjectKind } from './object-state.ts'
import { alteredTables, droppedTables, indexedTable, renamedTables, type Named } from './touched-tables.ts'

/** What changes no object and may run twice. */
const HARMLESS = new Set([
  'SET',
  'USE',
  'LOCK',
  'UNLOCK',
  'GRANT',
  'REVOKE',
  'FLUSH',
  'ANALYZE TABLE',
  'OPTIMIZE TABLE',
  'CHECK TABLE',
  'REPAIR TABLE',
])
/** Their effect is on rows and files, which the definition does not show. */
const UNSEEN = /\b(?:EXCHANGE|TRUNCATE)\s+PARTITION\b|\b(?:IMPORT|DISCARD)\b[^;]*\bTABLESPACE\b/i
const KINDS: Readonly<Record<string, ObjectKind>> = {
  TABLE: 'table',
  SEQUENCE: 'table',
  VIEW: 'view',
  TRIGGER: 'trigger',
  PROCEDURE: 'procedure',
  FUNCTION: 'function',
  EVENT: 'event',
  DATABASE: 'database',
  SCHEMA: 'database',
}

/** The objects of a statement that commits by itself. Undefined where its text does not say what it changes. */
export async function expectation(connection: Connection, statement: string): Promise<StepExpectation | undefined> {
  const touched = touchedObjects(statement)
  if (touched === undefined) return undefined
  const found: FoundObject[] = []
  for (const object of touched) {
    const state = await objectState(connection, object.kind, object.name)
    if (state === undefined) return undefined
    found.push({ ...object, state })
  }
  return expectationOf(found)
}

/** An object that a statement touches, as it is before. */
export interface FoundObject extends Named {
  readonly state: string | null
}

export function expectationOf(objects: readonly FoundObject[]): StepExpectation {
  const before: Record<string, string | null> = {}
  const after: Record<string, ExpectedState> = {}
  for (const { kind, name, after: wanted, state } of objects) {
    const object = `${kind} ${name}`
    before[object] = state
    after[object] = wanted === 'replaced' ? (state === null ? 'present' : 'changed') : wanted
  }
  return { before: before satisfies ObjectStates, after }
}

/** The objects that a statement touches, none where it does no harm when it runs twice; undefined where its text does not say. */
export function touchedObjects(statement: string): readonly Named[] | undefined {
  const { verb, object } = describeStatement(statement)
  if (HARMLESS.has(verb)) return []
  return UNSEEN.test(statement) ? undefined : touchedBy(statement, verb, object)
}

function touchedBy(statement: string, verb: string, object: string | undefined): readonly Named[] | undefined {
  const words = significantTokens(statement.length > 100_000 ? statement.slice(0, 100_000) : statement, lexerRules.mysql)
  if (verb.startsWith('ALTER TABLE')) return alteredTables(words)
  if (verb === 'RENAME TABLE') return renamedTables(words)
  if (verb === 'DROP TABLE') return droppedTables(words)
  if (verb === 'CREATE INDEX' || verb === 'DROP INDEX') return indexedTable(words)
  if (object === undefined) return undefined
  if (verb === 'TRUNCATE') return [{ kind: 'rows', name: object, after: 'changed' }]
  const [first = '', ...rest] = verb.split(' ')
  const kind = KINDS[rest.at(-1) ?? '']
  if (kind === undefined || rest.includes('TEMPORARY')) return undefined
  if (first === 'ALTER') return [{ kind, name: object, after: 'changed' }]
  if (first === 'DROP')
    return kind === 'view' && words.some(({ text, depth }) => text === ',' && depth === 0)
      ? droppedTables(words, kind)
      : [{ kind, name: object, after: 'absent' }]
  const replaces = words[1]?.text === 'OR'
  return first === 'CREATE' ? [{ kind, name: object, after: replaces ? 'replaced' : 'present' }] : undefined
}
