import type { Action, Fact, RuleContext } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { spokenTable, tableOf } from './names.ts'

type Chosen = Fact<'index'> | Fact<'constraint'>
const CHOICES = ['clustered', 'replicaIdentity'] as const

/** A table has one of a kind: what another index, or the table itself, takes over needs not be given up. */
function isTakenOver(fact: Chosen, option: (typeof CHOICES)[number], context: RuleContext): boolean {
  const table = context.after.facts.get(fact.parent ?? '')
  const children = (['index', 'constraint'] as const).flatMap((kind) => context.children(fact.parent ?? '', kind, 'after'))
  return (
    children.some(({ payload }) => payload.options[option] === true) ||
    (table?.kind === 'table' && table.payload.options[option] !== undefined)
  )
}

/** The index that its table is clustered on, or that stands for a row in replication. */
export function chosenIndex(
  fact: Chosen,
  change: 'add' | 'alter',
  from: Chosen['payload']['options'],
  context: RuleContext,
): readonly Action[] {
  const to = fact.payload.options
  // CLUSTER ON is meaningless on a materialized view that is made anew, so it is said there too.
  const word = fact.parent?.startsWith('view:') === true ? 'MATERIALIZED VIEW' : 'TABLE'
  const name = identifier(fact.name)
  const clauses = {
    clustered: to['clustered'] === true ? `CLUSTER ON ${name}` : 'SET WITHOUT CLUSTER',
    replicaIdentity: `REPLICA IDENTITY ${to['replicaIdentity'] === true ? `USING INDEX ${name}` : 'DEFAULT'}`,
  }
  return CHOICES.filter((option) => from[option] !== to[option] && (to[option] === true || !isTakenOver(fact, option, context))).map(
    (option) =>
      action(
        fact,
        change,
        {
          sql: `ALTER ${word} ${tableOf(fact)} ${clauses[option]}`,
          title: `${option} of ${fact.kind === 'index' ? 'index ' : ''}${fact.name} of ${spokenTable(fact)}`,
          lock: option === 'clustered' && fact.kind === 'index' ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE',
          consumes: [fact.id],
        },
        changed(option, from[option], to[option]),
      ),
  )
}
