import type { ForeignReference } from './constraint.ts'

/** What of a reference says NO ACTION in words, as its `statedNoAction`. */
export function statedNoAction(onDelete: boolean, onUpdate: boolean): Pick<ForeignReference, 'statedNoAction'> {
  if (!onDelete && !onUpdate) return {}
  return { statedNoAction: onDelete && onUpdate ? 'both' : onDelete ? 'delete' : 'update' }
}

/** True where the reference says NO ACTION for the event in words. */
export const saysNoAction = ({ statedNoAction: said }: ForeignReference, event: 'delete' | 'update'): boolean =>
  said === event || said === 'both'
