import type { FactBase, FactKind } from './fact.ts'
import { scopeOf } from './base-index.ts'
import { describeFact } from './describe-fact.ts'
import type { KindFile } from './kind-file.ts'
import { kindFiles } from './kind-files.ts'
import type { Diagnostic } from '@yama/core'

/** What is wrong with the facts on every database, before any of them is asked: one diagnostic for each finding. */
export function checkFacts(base: FactBase): readonly Diagnostic[] {
  const scope = scopeOf(base)
  return [...base.facts.values()].flatMap((fact) =>
    (kindFiles[fact.kind] as KindFile<FactKind>).check(fact, scope).map((problem): Diagnostic => ({
      code: 'YAMA_SCHEMA_INVALID',
      severity: 'error',
      message: `${describeFact(fact.id)}: ${problem}.`,
      object: fact.id,
      ...(fact.origin === undefined ? {} : { position: fact.origin }),
    })),
  )
}
