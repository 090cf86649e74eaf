import { type Fact, grantName, memberId, objectId } from '@yama/schema'
import type { Model } from '../model/model.ts'
import type { Emitter } from './emitter.ts'
import { reportTarget, targetOf, type Target } from './grant-target.ts'
import type { ColumnResolver } from './resolve-columns.ts'

const list = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value)
const privilegesOf = (value: string | readonly string[]): readonly string[] =>
  list(value)
    .map((privilege) => privilege.toUpperCase())
    .toSorted()
const passed = (value: boolean | readonly string[] | undefined, all: readonly string[]): readonly string[] =>
  value === undefined || value === false ? [] : value === true ? all : privilegesOf(value)
/** What an extension gives by itself only the server knows: all of it is taken away, or given. */
const unlike = (privileges: readonly string[]): readonly string[] => (privileges.includes('ALL') ? [] : ['ALL'])
const roleOf = (role: string): string => (role.toLowerCase() === 'public' ? 'PUBLIC' : role)

/** Privileges on what the entities describe. Roles are named, never made. */
export function emitGrants(emitter: Emitter, resolver: ColumnResolver): void {
  const { model } = emitter
  const extensions = [...emitter.facts.values()].flatMap(({ kind, id }) => (kind === 'extension' ? [id] : []))
  for (const each of model.grants) {
    const privileges = privilegesOf(each.data.privileges)
    for (const on of list(each.data.on)) {
      const target = targetOf(on, model, resolver)
      if (target === undefined) {
        if (!model.silentEntities.has(on)) reportTarget(on, each, model)
        continue
      }
      for (const role of list(each.data.to)) {
        const to = roleOf(role)
        const everybody = to === 'PUBLIC' && ['function', 'procedure', 'type', 'domain', 'language'].includes(target.on)
        const { by } = each.data
        const byDefault = to === 'owner' || everybody ? ['ALL'] : to === 'PUBLIC' && on === 'schema public' ? ['USAGE'] : []
        const name = grantName(to, target.column, by)
        const parent = target.id !== undefined && emitter.facts.has(target.id) ? { parent: target.id } : {}
        const ofExtension = target.id !== undefined && !('parent' in parent) && extensions.length > 0
        const payload: Fact<'grant'>['payload'] = {
          on: target.on,
          to,
          ...(by === undefined ? {} : { by }),
          object: printed(target, model),
          ...(target.column === undefined ? {} : { column: target.column }),
          privileges,
          grantable: passed(each.data.grantable, privileges),
          byDefault: target.column !== undefined || by !== undefined ? [] : ofExtension ? unlike(privileges) : byDefault,
        }
        emitter.add<'grant'>(
          {
            kind: 'grant',
            id: memberId('grant', target.schema, target.name, name),
            schema: target.schema,
            name,
            ...parent,
            payload,
            // What no entity states comes with one of them.
            dependsOn: ofExtension ? extensions : [],
          },
          each,
        )
      }
    }
  }
  for (const each of model.defaultPrivileges) {
    const { by, on, schema } = each.data
    const privileges = privilegesOf(each.data.privileges)
    const to = roleOf(each.data.to)
    const name = `${by} ${schema ?? '*'} ${on} ${to}`
    const normal = schema === undefined && (to === by || (to === 'PUBLIC' && (on === 'functions' || on === 'types')))
    emitter.add<'defaultPrivilege'>(
      {
        kind: 'defaultPrivilege',
        id: objectId('defaultPrivilege', '', name),
        schema: '',
        name,
        payload: {
          by,
          ...(schema === undefined ? {} : { inSchema: schema }),
          on,
          to,
          privileges,
          grantable: passed(each.data.grantable, privileges),
          byDefault: normal ? ['ALL'] : [],
        },
        dependsOn: schema === undefined || schema === model.dialect.defaultSchema ? [] : [objectId('schema', '', schema)],
      },
      each,
    )
  }
}

function printed({ on, schema, name }: Target, { dialect }: Model): string {
  if (on === 'schema') return dialect.quote(name)
  if (on === 'foreign server' || on === 'foreign data wrapper' || on === 'language')
    return dialect.quote(name.replace(/^(?:server|foreign data wrapper|language) /, ''))
  const open = on === 'function' || on === 'procedure' ? name.indexOf('(') : -1
  const plain = open === -1 ? name : name.slice(0, open)
  return `${dialect.quote(schema)}.${dialect.quote(plain)}${open === -1 ? '' : name.slice(open)}`
}
