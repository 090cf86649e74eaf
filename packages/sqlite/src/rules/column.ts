import type { Fact, FactId, Rule, RuleContext } from '@yama/schema'
import { canonicalType } from '../text/canonical-type.ts'
import { quoteName, sameName } from '../text/names.ts'
import { nameOf, significant } from '../text/tokens.ts'
import { affinity } from '../types/affinity.ts'
import { action, reason, rebuild } from './action.ts'
import { isConstantDefault, renderColumn } from './render-column.ts'
import { renderInlineConstraint } from './render-constraint.ts'

export const column: Rule<'column'> = (delta, context) => {
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const parent = fact.parent ?? ''
  const table = (context.after.facts.get(parent) ?? context.before.facts.get(parent))?.name ?? ''
  switch (delta.change) {
    case 'add': {
      const title = `add column ${fact.name} to ${table}`
      const companions = inlineConstraints(fact, parent, context)
      const produces = [fact.id, ...companions.map((constraint) => constraint.id)]
      if (!canAdd(fact, companions)) return [rebuild(parent, title, reason(delta), { produces: [fact.id] })]
      const strict = isStrict(parent, context)
      const definition = renderColumn(fact, { strict, constraints: companions.map(renderInlineConstraint) })
      return [action(`ALTER TABLE ${quoteName(table)} ADD COLUMN ${definition}`, title, reason(delta), { produces })]
    }
    case 'drop': {
      const generated = fact.payload.generated !== undefined
      const loss = generated
        ? {}
        : { loss: 'certain' as const, loses: `column ${fact.name} of ${table} with its values`, reversibility: 'lossy' as const }
      const title = `drop column ${fact.name} of ${table}`
      if (!canDrop(fact, parent, context)) return [rebuild(parent, title, reason(delta), { destroys: [fact.id], ...loss })]
      return [
        action(`ALTER TABLE ${quoteName(table)} DROP COLUMN ${quoteName(fact.name)}`, title, reason(delta), {
          destroys: [fact.id],
          rewrite: true,
          ...loss,
        }),
      ]
    }
    case 'rename':
      return [
        action(
          `ALTER TABLE ${quoteName(table)} RENAME COLUMN ${quoteName(delta.from.name)} TO ${quoteName(delta.to.name)}`,
          `rename column ${delta.from.name} of ${table} to ${delta.to.name}`,
          reason(delta),
        ),
      ]
    case 'alter': {
      if (delta.attributes.every((one) => one.attribute === 'comment')) return []
      const what = delta.attributes.map((one) => one.attribute).join(', ')
      return [rebuild(parent, `change ${what} of column ${fact.name} of ${table}`, reason(delta), conversionLoss(delta.from, delta.to))]
    }
  }
}

const isStrict = (table: FactId, { after }: RuleContext): boolean => {
  const fact = after.facts.get(table)
  return fact?.kind === 'table' && fact.payload.options['strict'] === true
}

/** New checks and one new foreign key over just this column, which may stand behind it. */
function inlineConstraints(fact: Fact<'column'>, table: FactId, context: RuleContext): readonly Fact<'constraint'>[] {
  const own = context
    .children(table, 'constraint', 'after')
    .filter(
      (constraint) =>
        context.isAdded(constraint.id) && constraint.payload.columns.length === 1 && constraint.payload.columns[0] === fact.name,
    )
  return own.filter((constraint) => constraint.payload.type === 'check' || constraint.payload.type === 'foreign')
}

/** What ALTER TABLE ADD COLUMN takes, rows or not: https://sqlite.org/lang_altertable.html#altertabaddcol */
function canAdd({ payload }: Fact<'column'>, constraints: readonly Fact<'constraint'>[]): boolean {
  if (payload.identity !== undefined || payload.generated?.stored === true) return false
  if (payload.default !== undefined && !isConstantDefault(payload.default)) return false
  // ADD COLUMN refuses it for an empty table too; a rebuild refuses it only where there are rows.
  if (payload.notNull && payload.default === undefined && payload.generated === undefined) return false
  return payload.default === undefined || !constraints.some((constraint) => constraint.payload.type === 'foreign')
}

/** What ALTER TABLE DROP COLUMN takes: the column stands in no key, check, index, generated column, view or trigger. */
function canDrop(fact: Fact<'column'>, table: FactId, context: RuleContext): boolean {
  if (context.children(table, 'constraint', 'before').some((one) => one.payload.columns.includes(fact.name))) return false
  if (context.children(table, 'column', 'before').filter((one) => !context.isDropped(one.id)).length === 0) return false
  const stays = (id: FactId): boolean => !context.isDropped(id)
  if (context.dependents(fact.id, 'before').some(stays)) return false
  const generated = context.children(table, 'column', 'before').some((one) => one.dependsOn.includes(fact.id))
  if (generated) return false
  const texts = [
    ...context
      .dependents(table, 'before')
      .filter(stays)
      .map((id) => textOf(id, context)),
    ...context
      .children(table, 'trigger', 'before')
      .filter(({ id }) => stays(id))
      .map(({ payload }) => payload.definition),
    ...context.before.unmanaged
      .filter((one) => one.kind === 'trigger' && (one.table === table || one.dependsOn.includes(table)))
      .map((one) => one.definition ?? ''),
  ]
  return !texts.some((text) => significant(text).some((token) => sameName(nameOf(token), fact.name)))
}

function textOf(id: FactId, { before }: RuleContext): string {
  const fact = before.facts.get(id)
  if (fact?.kind === 'trigger') return fact.payload.definition
  return fact?.kind === 'view' ? fact.payload.query : ''
}

/** Values are never cast, but a column of another affinity may store them otherwise: the text `007` becomes the number 7. */
function conversionLoss(
  from: Fact<'column'>,
  to: Fact<'column'>,
): { readonly loss?: 'possible'; readonly loses?: string; readonly reversibility?: 'lossy' } {
  const [old, now] = [affinity(from.payload.type), affinity(to.payload.type)]
  const numeric = now === 'INTEGER' || now === 'REAL' || now === 'NUMERIC'
  const loses = (numeric && old === 'TEXT') || (now === 'REAL' && old !== 'REAL')
  if (old === now || !loses) return {}
  return {
    loss: 'possible',
    loses: `the exact form of ${to.name}: ${canonicalType(from.payload.type)} is stored as ${now}`,
    reversibility: 'lossy',
  }
}
