import type { YamaError } from '@yama/core'
import { schemaErrors } from '../errors/errors.ts'
import { scopeOf } from './base-index.ts'
import { describeFact } from './describe-fact.ts'
import type { FactBase, FactKind } from './fact.ts'
import type { KindFile } from './kind-file.ts'
import { kindFiles } from './kind-files.ts'

/** What is wrong with the facts on every database, before any of them is asked: a YAMA_SCHEMA_INVALID for each finding, not thrown. */
export function checkFacts(base: FactBase): readonly YamaError[] {
  const scope = scopeOf(base)
  return [...base.facts.values()].flatMap((fact) =>
    (kindFiles[fact.kind] as KindFile<FactKind>)
      .check(fact, scope)
      .map((problem) => schemaErrors.YAMA_SCHEMA_INVALID({ fact: describeFact(fact.id), problem }, { position: fact.origin })),
  )
}
