import type { Rename, RenameCandidate } from '../contract/delta.ts'
import type { SchemaDialect } from '../contract/schema-dialect.ts'
import type { FactBase } from '../facts/fact.ts'
import { caseRenames } from './case-renames.ts'
import { declaredRenames } from './declared-renames.ts'
import { derivedRenames } from './derived-renames.ts'
import { inheritedRenames } from './inherited-renames.ts'
import { renameCandidates } from './rename-candidates.ts'
import { renameFacts } from './rename-facts.ts'

export interface FoundRenames {
  /** Declared, decided, and those which follow from them (default names of keys and indexes): apply these. */
  readonly renames: readonly Rename[]
  /** What may be a rename and may not: questions for a person, best first. Dropping and adding is the answer where nobody says otherwise. */
  readonly candidates: readonly RenameCandidate[]
}

/**
 * What was renamed between two schemas: what `was` declares and what was `decided`, never a guess. A declared name is inert once the new one
 * exists, so it may stay for ever. Throws YAMA_SCHEMA_RENAME_TWICE where two facts claim one old name.
 *
 * When a table is renamed, its keys and indexes that keep their definition are renamed to the names the desired schema gives them, so
 * default names never linger and never show up as a difference. `dialect` says whether a table or a column in other upper and lower case is another one.
 */
export function findRenames(
  before: FactBase,
  after: FactBase,
  decided: readonly Rename[] = [],
  dialect: Pick<SchemaDialect, 'columnsIgnoreCase' | 'tablesIgnoreCase'> = {},
): FoundRenames {
  const declared = declaredRenames(before, after, decided)
  const known = [...declared, ...inheritedRenames(before, declared)]
  const stated = [...known, ...caseRenames(before, after, known, dialect)]
  const renames = [...stated, ...derivedRenames(before, after, stated)]
  return { renames, candidates: renameCandidates(before, renameFacts(before, renames), after) }
}
