import { sameValue, type Action, type Fact, type Reason } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { clause, LOCKS } from './action.ts'

type Key = Fact<'index'> | Fact<'constraint'>

/** What is said of a key besides whether the optimiser looks at it. */
const others = ({ payload }: Key): unknown => ({ ...payload, options: { ...payload.options, invisible: '', ignored: '' } })

/** True where only that changes whether the optimiser looks at the key: made anew under its name, it would be taken for the same and stay as it is. */
export const onlyVisibility = (from: Key, to: Key): boolean => sameValue(others(from), others(to))

/** MySQL calls it invisible, MariaDB ignored. */
export function visibility(from: Key, to: Key, because: Reason): Action {
  const [old, now] = [from.payload.options, to.payload.options]
  const ignored = old['invisible'] === now['invisible']
  const word = ignored ? (now['ignored'] === true ? 'IGNORED' : 'NOT IGNORED') : now['invisible'] === true ? 'INVISIBLE' : 'VISIBLE'
  return clause(to.parent ?? '', `ALTER INDEX ${quoteName(to.name)} ${word}`, `make index ${to.name} ${word.toLowerCase()}`, because, {
    lock: LOCKS.instant,
  })
}
