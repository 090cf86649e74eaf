import { sameValue, type AlterDelta, type Fact, type FactId, type Replacement, type RuleContext } from '@yama/schema'
import { isNoCast } from './column-type.ts'
import { isText } from './table.ts'
import { onlyVisibility } from './visibility.ts'

const ITSELF: Replacement = { self: true, dependents: [] }

/** What can only be changed by making it again, and what must not stand in the way meanwhile. */
export function replaces(delta: AlterDelta, context: RuleContext): Replacement | undefined {
  switch (delta.kind) {
    case 'table':
      return tableReplacement(delta, context)
    case 'column':
      return columnReplacement(delta, context)
    case 'index':
      return onlyVisibility(delta.from, delta.to) ? undefined : ITSELF
    case 'constraint':
      return onlyEnforced(delta.from, delta.to) || onlyVisibility(delta.from, delta.to) ? undefined : ITSELF
    case 'view':
      // One kind of view is not replaced by another.
      return delta.from.payload.options['jsonDuality'] === delta.to.payload.options['jsonDuality'] ? undefined : ITSELF
    default:
      return undefined
  }
}

function onlyEnforced(from: Fact<'constraint'>, to: Fact<'constraint'>): boolean {
  const others = ({ payload }: Fact<'constraint'>): unknown => ({ ...payload, options: { ...payload.options, notEnforced: '' } })
  return to.payload.type === 'check' && sameValue(others(from), others(to))
}

function columnReplacement({ id, from, to }: Extract<AlterDelta, { kind: 'column' }>, context: RuleContext): Replacement | undefined {
  const [old, now] = [from.payload, to.payload]
  // A stored value can become a plain one and the other way round; one that is not stored has nothing to begin with.
  const stored = (payload: typeof old): boolean => payload.generated?.stored !== false
  if (stored(old) !== stored(now)) return ITSELF
  if (context.server.kind === 'mariadb' && isNoCast(old.type, now.type)) return ITSELF
  const retyped = old.type !== now.type || old.collation !== now.collation
  // A column that becomes NOT NULL cannot be set to NULL by a foreign key that the server still has.
  const tightened =
    old.notNull !== now.notNull ||
    old.generated?.expression !== now.generated?.expression ||
    old.generated?.stored !== now.generated?.stored
  // MySQL 9 refuses that on either side of a foreign key, MariaDB does it.
  const renumbered = context.server.kind === 'mysql' && (old.identity === undefined) !== (now.identity === undefined)
  const spatial = old.options['srid'] === now.options['srid'] ? [] : spatialOn(id, context)
  const dependents = [...(retyped || tightened || renumbered ? keysOn(id, context) : []), ...spatial]
  return dependents.length > 0 || retyped || tightened ? { self: false, dependents } : undefined
}

/** MySQL keeps the spatial reference system of a column while a spatial index is on it: ERROR 3644. */
function spatialOn(column: FactId, { before, dependents }: RuleContext): readonly FactId[] {
  return dependents(column, 'before').filter((id) => {
    const fact = before.facts.get(id)
    return fact?.kind === 'index' && fact.payload.method === 'spatial'
  })
}

/** The servers change no column that a foreign key is over or points to: ERROR 1832, 1833. */
function keysOn(column: FactId, { before, dependents }: RuleContext): readonly FactId[] {
  return dependents(column, 'before').filter((id) => {
    const fact = before.facts.get(id)
    return fact?.kind === 'constraint' && fact.payload.type === 'foreign'
  })
}

function tableReplacement({ id, from, to }: Extract<AlterDelta, { kind: 'table' }>, context: RuleContext): Replacement | undefined {
  const [old, now] = [from.payload.options, to.payload.options]
  if (old['collation'] === now['collation'] && old['engine'] === now['engine']) return undefined
  const texts = context.children(id, 'column', 'before').filter(isText)
  return { self: false, dependents: [...new Set(texts.flatMap((column) => keysOn(column.id, context)))] }
}
