import { parseFactId, type Action, type Fact, type Reason, type RuleContext } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { action, LOCKS } from './action.ts'
import { renderConstraint } from './render-key.ts'
import { renderColumn } from './render-column.ts'

/**
 * RENAME COLUMN, which keeps rows, keys and references. MariaDB follows the name into checks and generated columns; MySQL refuses until they
 * are stated anew in the same statement.
 */
export function renameColumn(from: Fact<'column'>, to: Fact<'column'>, because: Reason, context: RuleContext): readonly Action[] {
  const table = quoteName(parseFactId(to.parent ?? '').name)
  const title = `rename column ${from.name} of ${parseFactId(to.parent ?? '').name} to ${to.name}`
  const rename = `RENAME COLUMN ${quoteName(from.name)} TO ${quoteName(to.name)}`
  const more = context.server.kind === 'mysql' ? [...checksOn(from, to, context), ...generatedFrom(from, to, context)] : []
  return [
    action(`ALTER TABLE ${table} ${[rename, ...more].join(', ')}`, title, because, {
      lock: more.length === 0 ? LOCKS.instant : LOCKS.copy,
    }),
  ]
}

function checksOn(from: Fact<'column'>, to: Fact<'column'>, context: RuleContext): readonly string[] {
  const old = context
    .children(from.parent ?? '', 'constraint', 'before')
    .filter((one) => one.payload.type === 'check' && one.payload.columns.includes(from.name))
  const now = context.children(to.parent ?? '', 'constraint', 'after')
  return old.flatMap((check) => {
    const next = now.find(({ name }) => name === check.name)
    return next === undefined ? [] : [`DROP CONSTRAINT ${quoteName(check.name)}`, `ADD ${renderConstraint(next)}`]
  })
}

function generatedFrom(from: Fact<'column'>, to: Fact<'column'>, context: RuleContext): readonly string[] {
  const now = context.children(to.parent ?? '', 'column', 'after')
  return context
    .children(from.parent ?? '', 'column', 'before')
    .filter((one) => one.payload.generated !== undefined && one.dependsOn.includes(from.id))
    .flatMap((one) => {
      const next = now.find(({ name }) => name === one.name)
      return next === undefined ? [] : [`MODIFY COLUMN ${renderColumn(next)}`]
    })
}
