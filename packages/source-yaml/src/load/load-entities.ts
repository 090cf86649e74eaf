import { setImmediate as others } from 'node:timers/promises'
import type { Diagnostic } from '@yama/core'
import type { AnyFact, FactId, SchemaDialect } from '@yama/schema'
import { createReport } from '../errors/report.ts'
import { buildModel } from '../model/build-model.ts'
import { createNaming } from '../model/naming.ts'
import type { Model, Placed } from '../model/model.ts'
import type { EntityText } from '../read/entity-files.ts'
import type { SourceDocument } from '../read/source-document.ts'
import { toFacts } from '../to-facts/to-facts.ts'
import { documentCache, type DocumentCacheOptions } from './document-cache.ts'
import { readChecked } from './read-checked.ts'

export interface LoadedEntities {
  readonly facts: readonly AnyFact[]
  readonly statedBy: ReadonlyMap<FactId, Placed>
  readonly model: Model
  readonly documents: readonly SourceDocument[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Texts → facts of one database. Rejects once, with YAMA_ENTITY_INVALID, whose `data` lists every mistake. */
export async function loadEntities(
  files: readonly EntityText[],
  dialect: SchemaDialect,
  naming: Readonly<Record<string, string>>,
  cache?: DocumentCacheOptions,
): Promise<LoadedEntities> {
  const policy = createNaming(naming, dialect)
  const report = createReport()
  const { documents, checked, saved } = await readChecked(files, report, await documentCache(cache))
  await others()
  const model = buildModel(checked, { dialect, naming: policy, report })
  await others()
  const { facts, statedBy } = toFacts(model)
  await others()
  await saved
  report.throwIfAny()
  return { facts, statedBy, model, documents, diagnostics: report.found }
}
