import { sameValue, type Rule } from '@yama/schema'
import { reason, rebuild } from './action.ts'

/** SQLite has constraints only inside CREATE TABLE, so every change is a rebuild; what a new column brings is claimed by it. */
export const constraint: Rule<'constraint'> = (delta) => {
  if (delta.change === 'rename') return [] // the old name is found again after the renames and is replaced by the rebuild
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const parent = fact.parent ?? ''
  const title = `${delta.change} ${fact.payload.type} ${fact.name}`
  if (delta.change === 'add') return [rebuild(parent, title, reason(delta), { produces: [delta.id] })]
  if (delta.change === 'drop') return [rebuild(parent, title, reason(delta), { destroys: [delta.id] })]
  // `named` alone differs where a name was given that is the derived one.
  if (sameValue({ ...delta.from.payload, named: true, comment: '' }, { ...delta.to.payload, named: true, comment: '' })) return []
  return [rebuild(parent, title, reason(delta))]
}
