import { rm } from 'node:fs/promises'
import { writeWhole } from '@yama/core/files'
import { planAdoption, type DriftedObject } from '@yama/drift'
import { encodeFacts, stateHash } from '@yama/schema'
import { header } from '../output/header.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CommandOutcome } from '../program/command.ts'
import { shownPath } from '../program/load-project.ts'
import { adoptionFile } from './adoption-file.ts'
import { chosenDrift, managedDrift } from './choose-drift.ts'
import { driftSchema } from './drift-schema.ts'
import { writeAdoptedEntities } from './adopted-entities.ts'
import { readDrift } from './read-drift.ts'

/** Writes a migration that makes the change which was made by hand, and the entities; records it as applied in this database. */
export async function adoptDrift(
  context: CliContext,
  names: readonly string[],
  given: { readonly entities: boolean; readonly name?: string; readonly reason?: string; readonly preview: boolean },
): Promise<CommandOutcome> {
  const found = await readDrift(context, { entities: given.entities })
  const { objects, left } = managedDrift(chosenDrift(found, names), names.length > 0)
  const kept = left.map(({ object }) => `left as it is, it is outside of the model: ${object}`)
  if (objects.length === 0) return { data: { objects: [] }, text: [await header(context), ...kept, 'Nothing to adopt.'].join('\n') }
  const { schema } = await driftSchema(context)
  const adoption = planAdoption(found, objects, schema)
  const file = await adoptionFile(context, found.status, adoption, given.name)
  const shown = shownPath((await context.project()).root, file.path)
  const data = { file: shown, id: file.id, objects: objects.map(({ object }) => object), losses: adoption.up.losses }
  if (given.preview) return { data: { ...data, text: file.text, done: false }, text: file.text }
  const reason = given.reason ?? 'changed by hand, adopted'
  await writeWhole(file.path, file.text, { fresh: true })
  const yama = await context.yama()
  let entityFiles: readonly string[]
  try {
    entityFiles = await writeAdoptedEntities(context, found, objects)
    await yama.repair('mark-applied', file.id, { reason })
  } catch (error) {
    await rm(file.path)
    throw error
  }
  const { after } = adoption
  await yama.settleDrift(() => Promise.resolve({ tag: after.tag, stateHash: stateHash(after), facts: encodeFacts(after) }), {
    reason,
    payload: { how: 'adopt', migration: file.id, objects: data.objects },
  })
  return {
    data: { ...data, entities: entityFiles, done: true },
    text: [
      await header(context),
      ...objects.map(({ object }) => `  adopted ${object}`),
      ...kept,
      ...adoption.up.losses.map(
        ({ what }) => `loses elsewhere: ${what}; where it was a rename, write it so into the file before it runs there`,
      ),
      `${context.color.green('wrote')} ${shown}, recorded as applied here`,
      ...entityFiles.map((each) => `${context.color.green('wrote')} ${each}`),
      ...entitiesNote(objects, found.entities !== undefined),
    ].join('\n'),
  }
}

function entitiesNote(objects: readonly DriftedObject[], hasEntities: boolean): readonly string[] {
  const behind = objects.filter(({ verdict }) => verdict === 'conflict').map(({ object }) => object)
  return hasEntities && behind.length > 0
    ? [
        `The entities do not say it yet, they say something else: ${behind.join(', ')}. Write it there, or run \`yama pull\`; until then \`yama generate\` would change it.`,
      ]
    : []
}
