import type { Dialect } from '../../contract/dialect.ts'
import type { Migration, Step } from '../../contract/migration.ts'
import { coreErrors } from '../../errors/errors.ts'

/**
 * The statements of a way back that undo the first so many of the way there. The whole is undone by the whole; a part of it
 * only where the way back mirrors the way there statement by statement, which is so where both are of one length and name
 * the same objects in opposite order, as far as they took effect. Throws YAMA_RECOVER_UNDO otherwise: which statement undoes which is then for a person to say.
 */
export function undoSteps({ id, up, down }: Migration, effective: number, dialect: Dialect): readonly Step[] {
  if (effective === 0) return []
  if (down === undefined) throw coreErrors.YAMA_RECOVER_UNDO({ id, why: 'its file has no way back' })
  if (effective === up.length) return down
  const object = (step: Step | undefined): string | undefined =>
    step?.kind === 'sql' ? dialect.describeStatement(step.text).object?.toLowerCase() : undefined
  const mirrored =
    up.length === down.length &&
    up.slice(0, effective).every((step, index) => object(step) !== undefined && object(step) === object(down[up.length - 1 - index]))
  const why = `${effective} of its ${up.length} statements took effect, and its way back does not mirror them one by one`
  if (!mirrored) throw coreErrors.YAMA_RECOVER_UNDO({ id, why })
  return down.slice(up.length - effective)
}
