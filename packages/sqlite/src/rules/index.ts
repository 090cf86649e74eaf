import { parseFactId, type Rule } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { action, reason } from './action.ts'
import { renderIndex } from './render-index.ts'

/** An index is made and dropped, never altered: a change comes as a drop and an add. */
export const index: Rule<'index'> = (delta) => {
  const tableName = (parent: string | undefined): string => parseFactId(parent ?? '').name
  switch (delta.change) {
    case 'add':
      return [
        action(renderIndex(delta.to, tableName(delta.to.parent)), `create index ${delta.to.name}`, reason(delta), { produces: [delta.id] }),
      ]
    case 'drop':
      return [action(`DROP INDEX ${quoteName(delta.from.name)}`, `drop index ${delta.from.name}`, reason(delta), { destroys: [delta.id] })]
    case 'rename':
      return [
        action(`DROP INDEX ${quoteName(delta.from.name)}`, `drop index ${delta.from.name}, which is renamed`, reason(delta)),
        action(
          renderIndex(delta.to, tableName(delta.to.parent)),
          `create index ${delta.to.name}, renamed from ${delta.from.name}`,
          reason(delta),
        ),
      ]
    case 'alter':
      return []
  }
}
