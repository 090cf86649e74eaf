import { planAdoption, planRepair, type DriftedObject } from '@yama/drift'
import { describeFact, type AnyFact, type FactBase } from '@yama/schema'
import { header } from '../output/header.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CommandOutcome } from '../program/command.ts'
import { chosenDrift } from './choose-drift.ts'
import { driftLine, shown } from './describe-drift.ts'
import { driftSchema } from './drift-schema.ts'
import { readDrift, type FoundDrift } from './read-drift.ts'

/** One object from all three sides, attribute by attribute, and the statements both ways. */
export async function showDrift(context: CliContext, names: readonly string[], entities: boolean): Promise<CommandOutcome> {
  const found = await readDrift(context, { entities })
  const objects = chosenDrift(found, names)
  const managed = objects.filter((object) => object.managed)
  const { schema } = await driftSchema(context)
  const ways = {
    adopt: planAdoption(found, managed, schema).up.actions.map(({ sql }) => sql),
    repair: planRepair(found, managed, schema, found.databaseId).actions.map(({ sql }) => sql),
  }
  const sides = objects.map((object) => ({ object, attributes: attributesOf(object, found) }))
  return {
    data: {
      objects: sides.map(({ object: { id, object, origin, verdict }, attributes }) => ({ id, object, origin, verdict, attributes })),
      ...ways,
    },
    text: [
      await header(context),
      ...sides.flatMap(({ object, attributes }) => [
        driftLine(object),
        ...attributes.flatMap(({ fact, attribute, history, live, entities: wanted }) => [
          `  ${fact} ${attribute}`,
          `    history:  ${shown(history)}`,
          `    database: ${shown(live)}`,
          ...(found.entities === undefined ? [] : [`    entities: ${shown(wanted)}`]),
        ]),
      ]),
      ...section('Keep it (`yama drift adopt`):', ways.adopt),
      ...section('Take it back (`yama drift repair`):', ways.repair),
    ].join('\n'),
  }
}

const section = (title: string, statements: readonly string[]): readonly string[] =>
  statements.length === 0 ? [] : [title, ...statements.map((sql) => `  ${sql};`)]

interface Side {
  readonly fact: string
  readonly attribute: string
  readonly history: unknown
  readonly live: unknown
  readonly entities?: unknown
}

function attributesOf({ facts, managed, attributes }: DriftedObject, { history, live, entities }: FoundDrift): readonly Side[] {
  if (!managed) return attributes.map(({ attribute, from, to }) => ({ fact: '', attribute, history: from, live: to }))
  return facts.flatMap((id) => {
    const value = (base: FactBase | undefined): Readonly<Record<string, unknown>> => payloadOf(base?.facts.get(id))
    const [before, now, wanted] = [value(history), value(live), value(entities)]
    return [...new Set([before, now, wanted].flatMap((side) => Object.keys(side)))]
      .filter((attribute) => JSON.stringify(before[attribute]) !== JSON.stringify(now[attribute]))
      .map((attribute) => ({
        fact: describeFact(id),
        attribute,
        history: before[attribute],
        live: now[attribute],
        entities: wanted[attribute],
      }))
  })
}

const payloadOf = (fact: AnyFact | undefined): Readonly<Record<string, unknown>> =>
  (fact?.payload ?? {}) as unknown as Readonly<Record<string, unknown>>
