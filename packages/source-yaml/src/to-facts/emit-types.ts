import { type Fact, objectId } from '@yama/schema'
import { namespaceOf } from '../model/namespace-of.ts'
import type { ObjectModel } from '../model/model.ts'
import { inSchema } from './emit-objects.ts'
import type { Emitter } from './emitter.ts'

/** Domains, composite types and range types. */
export function emitTypes(emitter: Emitter): void {
  for (const each of emitter.model.objects.domains) emitDomain(emitter, each)
  for (const each of emitter.model.objects.types) emitType(emitter, each)
}

function emitDomain(emitter: Emitter, each: ObjectModel<'domains'>): void {
  const { model } = emitter
  const { data } = each
  const schema = namespaceOf(data.schema, model.dialect)
  const name = data.name ?? each.name
  const checks = Object.entries(data.checks ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([check, value]) =>
      typeof value === 'string'
        ? { name: check, expression: value }
        : {
            name: check,
            expression: value.expression,
            ...(value.notValid === true ? { notValid: true } : {}),
            ...emitter.comment(value.doc),
          },
    )
  const payload: Fact<'domain'>['payload'] = {
    type: data.type,
    notNull: data.notNull !== undefined && data.notNull !== false,
    ...notNullParts(emitter, data.notNull),
    ...(data.default === undefined ? {} : { default: data.default }),
    ...(data.collation === undefined ? {} : { collation: data.collation }),
    checks,
    ...emitter.comment(data.doc),
  }
  emitter.add<'domain'>(
    { kind: 'domain', id: objectId('domain', schema, name), schema, name, payload, dependsOn: inSchema(model, schema) },
    each,
  )
}

function notNullParts(emitter: Emitter, stated: ObjectModel<'domains'>['data']['notNull']): Partial<Fact<'domain'>['payload']> {
  if (typeof stated !== 'object') return {}
  const { comment } = emitter.comment(stated.doc)
  return {
    ...(stated.name === undefined ? {} : { notNullName: stated.name }),
    ...(comment === undefined ? {} : { notNullComment: comment }),
  }
}

function emitType(emitter: Emitter, each: ObjectModel<'types'>): void {
  const { model } = emitter
  const { data } = each
  const schema = namespaceOf(data.schema, model.dialect)
  const name = data.name ?? each.name
  const place = { schema, name, dependsOn: inSchema(model, schema) }
  if ((data.range === undefined) === (data.attributes === undefined)) {
    model.report.error(
      'YAMA_ENTITY_CONFLICT',
      { where: `The type ${each.name}`, problem: 'it has not exactly one of `attributes:` and `range:`', fix: 'Keep one of them.' },
      each.source.keyAt(each.path),
    )
  } else if (data.range !== undefined) {
    const payload = { ...data.range, ...emitter.comment(data.doc) } as Fact<'rangeType'>['payload']
    emitter.add<'rangeType'>({ kind: 'rangeType', id: objectId('rangeType', schema, name), ...place, payload }, each)
  } else {
    const attributes = Object.entries(data.attributes ?? {}).map(([attribute, value]) => {
      if (typeof value === 'string') return { name: attribute, type: value }
      const collation = value.collation === undefined ? {} : { collation: value.collation }
      return { name: attribute, type: value.type, ...collation, ...emitter.comment(value.doc) }
    })
    const payload = { attributes, ...emitter.comment(data.doc) }
    emitter.add<'compositeType'>({ kind: 'compositeType', id: objectId('compositeType', schema, name), ...place, payload }, each)
  }
}
