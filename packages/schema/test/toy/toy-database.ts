import { childrenOf, dependentsOf, factBase, parseFactId, renameFacts, type AnyFact, type FactBase } from '@yama/schema'

/** A server that keeps facts and refuses what servers refuse: what depends on something missing, and dropping what is needed. */
export class ToyDatabase {
  private base: FactBase

  constructor(base: FactBase) {
    this.base = base
  }

  facts(): FactBase {
    return this.base
  }

  clear(): void {
    this.base = factBase(this.base.tag, [])
  }

  execute(sql: string): void {
    const command = JSON.parse(sql) as { put?: AnyFact[]; remove?: string[]; rename?: { from: string; to: string } }
    for (const id of command.remove ?? []) this.remove(id)
    if (command.rename !== undefined) this.rename(command.rename)
    if (command.put !== undefined) this.put(command.put)
  }

  private remove(id: string): void {
    if (!this.base.facts.has(id)) throw new Error(`${id} does not exist`)
    const gone = new Set([id, ...childrenOf(this.base, id).map((fact) => fact.id)])
    for (const one of gone) {
      const blocking = dependentsOf(this.base, one).filter((dependent) => !gone.has(dependent))
      if (blocking.length > 0) throw new Error(`cannot drop ${one}: ${blocking.join(', ')} depend on it`)
    }
    this.base = factBase(
      this.base.tag,
      [...this.base.facts.values()].filter((fact) => !gone.has(fact.id)),
    )
  }

  private rename(rename: { readonly from: string; readonly to: string }): void {
    if (!this.base.facts.has(rename.from)) throw new Error(`${rename.from} does not exist`)
    if (this.base.facts.has(rename.to)) throw new Error(`${rename.to} exists`)
    this.base = renameFacts(this.base, [rename]).base
  }

  private put(facts: readonly AnyFact[]): void {
    const all = new Map(this.base.facts)
    for (const fact of facts) {
      const old = all.get(fact.id)
      if (old?.kind === 'column' && fact.kind === 'column' && old.payload.type !== fact.payload.type) this.refuseViews(fact.id)
      all.set(fact.id, fact)
    }
    for (const fact of facts) {
      for (const needed of needs(fact)) if (!all.has(needed)) throw new Error(`${fact.id} needs ${needed}`)
    }
    this.base = factBase(this.base.tag, all.values())
  }

  private refuseViews(id: string): void {
    const views = dependentsOf(this.base, id).filter((one) => parseFactId(one).kind === 'view')
    if (views.length > 0) throw new Error(`cannot alter ${id}: ${views.join(', ')} depend on it`)
  }
}

function needs(fact: AnyFact): readonly string[] {
  const own = [...fact.dependsOn, ...(fact.parent === undefined ? [] : [fact.parent])]
  if (fact.kind === 'constraint') {
    const target = fact.payload.references
    own.push(...fact.payload.columns.map((name) => `column:${parseFactId(fact.parent ?? '').name}.${name}`))
    if (target !== undefined) own.push(`table:${target.table}`, ...target.columns.map((name) => `column:${target.table}.${name}`))
  }
  if (fact.kind === 'index')
    own.push(
      ...fact.payload.keys
        .filter((key) => key.column !== undefined)
        .map((key) => `column:${parseFactId(fact.parent ?? '').name}.${key.column ?? ''}`),
    )
  if (fact.kind === 'column' && fact.payload.type.startsWith('e_')) own.push(`enum:${fact.payload.type}`)
  return own
}
