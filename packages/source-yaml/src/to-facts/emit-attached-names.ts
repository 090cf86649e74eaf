import { type AnyFact, type FactId } from '@yama/schema'
import { didYouMean } from '../errors/did-you-mean.ts'
import type { EntityModel } from '../model/model.ts'
import { type Emitter, tableId } from './emitter.ts'

/** Names of its own that a partition has for the indexes of its parents; once every index is there to be found by its name. */
export function emitAttachedNames(emitter: Emitter): void {
  if (emitter.model.kind !== 'postgres') return
  for (const entity of emitter.model.entities.values()) if (entity.data.partitionOf?.indexes !== undefined) attach(emitter, entity)
}

function attach({ model, facts }: Emitter, entity: EntityModel): void {
  const table = facts.get(tableId(entity))
  if (table?.kind !== 'table') return
  const known = indexesAbove(facts, table.payload.partitionOf?.table)
  const attached: Record<FactId, string> = {}
  for (const [index, name] of Object.entries(entity.data.partitionOf?.indexes ?? {})) {
    const id = known.get(index)
    if (id === undefined) {
      model.report.error(
        'YAMA_ENTITY_CONFLICT',
        {
          where: `The entity ${entity.name}`,
          problem: `none of its parents has an index or key ${index}`,
          fix: didYouMean(index, known.keys()),
        },
        entity.source.at([...entity.path, 'partitionOf', 'indexes', index]),
      )
    } else attached[id] = name
  }
  facts.set(table.id, { ...table, payload: { ...table.payload, attached } })
}

function indexesAbove(facts: ReadonlyMap<FactId, AnyFact>, parent: FactId | undefined): ReadonlyMap<string, FactId> {
  const found = new Map<string, FactId>()
  for (let next = parent; next !== undefined;) {
    for (const fact of facts.values())
      if (fact.parent === next && (fact.kind === 'index' || (fact.kind === 'constraint' && fact.payload.type !== 'check')))
        found.set(fact.name, fact.id)
    const table = facts.get(next)
    next = table?.kind === 'table' ? table.payload.partitionOf?.table : undefined
  }
  return found
}
