import { parseFactId } from '@yama/schema'
import type { DriftedObject } from './drifted-object.ts'

/**
 * The drifted objects that a name means: `column users.email`, the id of a fact, or just `users.email`; a table means everything on it.
 * Empty where nothing of that name drifted.
 */
export function findDrifted(objects: readonly DriftedObject[], name: string): readonly DriftedObject[] {
  const exact = objects.filter(({ id, object }) => id === name || object === name)
  return exact.length > 0 ? exact : objects.filter((object) => namesOf(object).includes(name))
}

/** Every name of an object, with and without its kind and schema, and those of the table that it is on. */
export function namesOf({ id, object, managed }: DriftedObject): readonly string[] {
  const bare = object.slice(object.indexOf(' ') + 1)
  if (!managed) return [id, object, bare]
  const { schema, table, name } = parseFactId(id)
  const short = [table, name].filter((part) => part !== undefined && part !== '').join('.')
  const owner = table === undefined || table === '' ? [] : [table, ...(schema === '' ? [] : [`${schema}.${table}`])]
  const kind = object.slice(0, object.length - bare.length)
  return [id, object, bare, short, `${kind}${short}`, ...owner, ...owner.map((each) => `table ${each}`)]
}
