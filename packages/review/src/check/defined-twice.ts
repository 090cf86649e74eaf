import {
  toDiagnostic,
  type Commutativity,
  type Diagnostic,
  type Effect,
  type GraphNode,
  type Migration,
  type MigrationGraph,
} from '@yama/core'
import { reviewErrors } from '../errors/errors.ts'
import { differingWords } from './differing-words.ts'

interface Definition {
  readonly migration: Migration
  readonly text: string
}

/**
 * Objects that a migration creates although one that it follows has created them and nothing has dropped them since: the same once more
 * (YAMA_CHECK_REPEATED), or something else, of which the database keeps the first (YAMA_CHECK_CONTRADICTION). What two branches create
 * beside each other is a conflict, and told as that.
 */
export async function definedTwice(graph: MigrationGraph, judge: Commutativity): Promise<readonly Diagnostic[]> {
  const steps = graph
    .order()
    .flatMap((node) => node.migration.up.flatMap((step) => (step.kind === 'sql' ? [{ node, text: step.text }] : [])))
  const effects = await judge.effectsOf(steps.map(({ text }) => text))
  const there = new Map<string, Definition>()
  const found: Diagnostic[] = []
  for (const [index, { node, text }] of steps.entries()) {
    const own = effects[index]?.effects ?? []
    for (const effect of own) if (goes(effect)) forget(there, effect)
    if (replaces(text)) continue
    const again = new Set<string>()
    for (const effect of own) {
      if (effect.member !== undefined && again.has(effect.object)) continue
      if (effect.access !== 'add' || effect.facet !== 'exist' || !NAMED.test(effect.member ?? effect.object)) continue
      const key = keyOf(effect)
      const first = there.get(key)
      if (first !== undefined && first.migration.id !== node.migration.id && follows(graph, node, first)) {
        // What belongs to it is told with it.
        again.add(effect.object)
        found.push(twice(effect, first, { migration: node.migration, text }))
      } else there.set(key, { migration: node.migration, text })
    }
  }
  return found
}

/** What people name: no place in a list, no row. */
const NAMED = /^(relation|type|function|schema|column|index|constraint|trigger|policy|value):/

const goes = ({ access, facet }: Effect): boolean => access === 'write' && (facet === 'exist' || facet === 'name')
const keyOf = ({ object, schema, member = '' }: Effect): string => `${schema} ${object} ${member}`
const replaces = (text: string): boolean => /^\s*CREATE\s+OR\s+(?:REPLACE|ALTER)\b/i.test(text)

function forget(there: Map<string, Definition>, { object, schema, member }: Effect): void {
  const start = `${schema} ${object} `
  if (member !== undefined) there.delete(`${start}${member}`)
  // What is dropped takes its columns and constraints with it.
  else for (const key of [...there.keys()]) if (key.startsWith(start)) there.delete(key)
}

const follows = (graph: MigrationGraph, node: GraphNode, first: Definition): boolean =>
  graph.ancestors(node.migration.id).has(first.migration.id)

function twice({ object, member }: Effect, first: Definition, second: Definition): Diagnostic {
  const name = object.slice(object.indexOf(':') + 1)
  const what = member === undefined ? object.replace(':', ' ') : `${member.replace(':', ' ')} of ${name}`
  const { id, file } = second.migration
  const details = { id, file, what: what.replace(/^relation /, ''), first: first.migration.id }
  const position = { file, line: 1, column: 1 }
  const differing = differingWords(first.text, second.text)
  if (differing === undefined) return toDiagnostic(reviewErrors.YAMA_CHECK_REPEATED(details, { position }), 'warning')
  return toDiagnostic(
    reviewErrors.YAMA_CHECK_CONTRADICTION({ ...details, before: differing[0], after: differing[1] }, { position }),
    'warning',
  )
}
