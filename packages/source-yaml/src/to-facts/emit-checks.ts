import { appliesTo, overridden } from '../field/overridden.ts'
import { deferral, textOptions } from '../field/parse-field.ts'
import type { EntityModel, FieldModel, Placed } from '../model/model.ts'
import { words } from '../model/model.ts'
import { emitConstraint } from './emit-keys.ts'
import type { Emitter } from './emitter.ts'
import { fieldColumns } from './field-columns.ts'
import type { ColumnResolver, ResolvedColumn } from './resolve-columns.ts'

export function emitChecks(emitter: Emitter, entity: EntityModel): void {
  const { model } = emitter
  const { checks } = entity.data
  if (checks === undefined) return
  const entries = Array.isArray(checks) ? checks.map((value, index) => [index, value] as const) : Object.entries(checks)
  for (const [key, value] of entries) {
    const settings = typeof value === 'string' ? { expression: value } : overridden(value, model.kind)
    if (typeof value !== 'string' && !appliesTo(value, model.kind)) continue
    const name = typeof key === 'string' ? key : (settings as { readonly name?: string | undefined }).name
    const payload = {
      expression: settings.expression ?? '',
      ...(settings.notValid === true ? { notValid: true } : {}),
      ...(settings.noInherit === true ? { noInherit: true } : {}),
      ...emitter.comment(settings.doc),
      options: textOptions(settings.options),
    }
    emitConstraint(
      emitter,
      entity,
      { kind: 'check', name, columns: [], was: words(settings.was), payload },
      { name: String(key), source: entity.source, path: [...entity.path, 'checks', key] },
    )
  }
}

export function emitRawConstraints(emitter: Emitter, resolver: ColumnResolver, entity: EntityModel): void {
  const { model } = emitter
  for (const [name, value] of Object.entries(entity.data.constraints ?? {})) {
    if (!appliesTo(value, model.kind)) continue
    const settings = overridden(value, model.kind)
    const by: Placed = { name, source: entity.source, path: [...entity.path, 'constraints', name] }
    const sql = (settings.sql ?? '').trim()
    const exclusion = /^exclude\s+/i.exec(sql)
    if (exclusion === null) {
      model.report.error(
        'YAMA_ENTITY_CONFLICT',
        {
          where: `The constraint ${entity.name}.${name}`,
          problem: 'raw constraints are exclusion constraints',
          fix: 'Write `sql: "EXCLUDE USING gist (…)"`; checks, keys and foreign keys have sections of their own.',
        },
        by.source.at([...by.path, 'sql']),
      )
      continue
    }
    const columns = fieldColumns(model, resolver, entity, settings.fields ?? [], `The constraint ${entity.name}.${name}`, (index) =>
      by.source.at([...by.path, 'fields', index]),
    )
    const payload = {
      expression: sql.slice(exclusion[0].length),
      ...deferral(settings.deferrable),
      ...emitter.comment(settings.doc),
      options: textOptions(settings.options),
    }
    emitConstraint(emitter, entity, { kind: 'exclusion', name, columns: columns ?? [], was: words(settings.was), payload }, by)
  }
}

/** An enum that the database does not know as a type is a check on its column. */
export function emitEnumCheck(emitter: Emitter, entity: EntityModel, field: FieldModel, column: ResolvedColumn): void {
  const { enumeration } = column
  const isArray = field.spec.type.kind !== 'raw' && field.spec.type.kind !== 'portable' && field.spec.type.array > 0
  if (enumeration === undefined || enumeration.strategy !== 'check' || isArray) return
  const { quote, types } = emitter.model.dialect
  const values = enumeration.values.map((value) => types.defaultToNative({ literal: value }, undefined))
  const expression = `${quote(column.name)} in (${values.join(', ')})`
  // SQLite knows constraints by what they say, so that none has to be renamed with its column.
  const name = emitter.model.kind === 'sqlite' ? undefined : emitter.memberName('check', undefined, entity, [column.name])
  emitConstraint(emitter, entity, { kind: 'check', name, columns: [], payload: { expression } }, field)
}
