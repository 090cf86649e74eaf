import type { AnyFact, Fact } from '@yama/schema'
import { CATALOGUE, address, register, type Address, type Catalogue } from './catalogue.ts'

/** Adds what sits on a table or view; what sits on something that the scope leaves out is left out with it. */
export function registerMember<K extends 'trigger' | 'rule' | 'policy'>(
  catalogue: Catalogue,
  fact: Omit<Fact<K>, 'parent'>,
  relation: number,
  addresses: readonly Address[],
): void {
  const host = catalogue.byAddress.get(address(CATALOGUE.relation, relation))
  if (host === undefined) return
  const parent = host.fact?.id
  const node = register(catalogue, { ...fact, ...(parent === undefined ? {} : { parent }) } as unknown as AnyFact, addresses)
  // Through this it is unmanaged where its table is.
  node.uses.push(host)
}
