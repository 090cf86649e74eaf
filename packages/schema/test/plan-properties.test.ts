import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { difference, factBase, planChange, requirePlan, stateHash, type ChangePlan, type FactBase } from '@yama/schema'
import { randomFacts } from './toy/random-facts.ts'
import { ToyDatabase } from './toy/toy-database.ts'
import { toyDialect } from './toy/toy-dialect.ts'

const dialect = toyDialect()
const plan = (before: FactBase, after: FactBase): ChangePlan => requirePlan(planChange({ before, after, dialect, renames: [] }))
const options = { seed: 20261121, numRuns: 400 }

function run(database: ToyDatabase, actions: ChangePlan['actions']): void {
  for (const action of actions) database.execute(action.sql)
}

describe('a plan between two random schemas', () => {
  it('leads to the wanted ids when produces and destroys are applied as said', () => {
    fc.assert(
      fc.property(randomFacts, randomFacts, (before, after) => {
        const ids = new Set(before.facts.keys())
        for (const action of plan(before, after).actions) {
          for (const id of action.consumes) expect(ids).toContain(id)
          for (const id of action.destroys) expect(ids.delete(id)).toBe(true)
          for (const id of action.produces) {
            expect(ids).not.toContain(id)
            ids.add(id)
          }
        }
        expect([...ids].sort()).toEqual([...after.facts.keys()].sort())
      }),
      options,
    )
  })

  it('runs on a server that refuses every wrong order, and the way back restores the start', () => {
    fc.assert(
      fc.property(randomFacts, randomFacts, (before, after) => {
        const database = new ToyDatabase(before)
        run(database, plan(before, after).actions)
        expect(difference(database.facts(), after)).toEqual([])
        run(database, plan(after, before).actions)
        expect(stateHash(database.facts())).toBe(stateHash(before))
      }),
      options,
    )
  })

  it('is empty between equal schemas and the same for the same input', () => {
    fc.assert(
      fc.property(randomFacts, randomFacts, (before, after) => {
        expect(plan(before, before).actions).toEqual([])
        const shuffled = factBase(before.tag, [...before.facts.values()].reverse())
        expect(plan(shuffled, after).actions.map((action) => action.title)).toEqual(
          plan(before, after).actions.map((action) => action.title),
        )
      }),
      { ...options, numRuns: 100 },
    )
  })
})
