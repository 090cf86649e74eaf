import { recordAssigned } from '@yama/sql'
import { boolOf, fieldsOf, listOf, nameOf, nodeOf, relationOf, stringOf, textOf, type Fields } from './ast.ts'
import { functionsRun } from './constraint.ts'
import { createdIn } from './created-in.ts'
import type { EffectReader, EffectScope } from './effect-scope.ts'
import { judged } from './judged.ts'
import { plpgsqlBody } from './plpgsql-body.ts'
import { queryReads } from './query-reads.ts'
import { typeReads } from './type-reads.ts'

/** `CREATE [OR REPLACE] FUNCTION`: a body of SQL is checked when it is created, any other when it runs. */
export const createFunction: EffectReader = (fields, scope) => {
  const { build } = scope
  const name = nameOf(fields['funcname'])
  build.object('function', name, 'add', 'exist')
  createdIn('function', name, scope)
  if (boolOf(fields['replace'])) {
    build.object('function', name, 'write', 'definition')
    build.idempotent()
  }
  for (const parameter of listOf(fields['parameters'])) typeReads(nodeOf(parameter, 'FunctionParameter')?.['argType'], scope)
  if (fields['returnType'] !== undefined) typeReads(fields['returnType'], scope)
  const { language, body } = bodyOf(fields)
  const called = scope.nested()
  if (language === 'sql') {
    const inside = scope.inside(body)
    called.build.include(inside)
    // Names in it must be there when it is created.
    for (const effect of inside.effects) if (effect.access === 'read' || effect.facet === 'rows') dependsOn(effect, scope)
    queryReads(fields['sql_body'], called, 'rows')
    queryReads(fields['sql_body'], scope, 'depends')
  } else if (language === 'plpgsql') plpgsqlBody(scope.sql, called)
  else if (language !== 'internal') called.build.unknown(`the function ${name.name} is written in ${language || 'another language'}`)
  build.link('function', name, 'call', called.build.done())
}

function dependsOn(
  { object, schema, member }: { readonly object: string; readonly schema: string; readonly member?: string },
  { build }: EffectScope,
): void {
  const kind = object.slice(0, object.indexOf(':'))
  const of = { schema, name: object.slice(kind.length + 1) }
  if (member === undefined) build.object(kind, of, 'read', 'exist')
  else if (member.startsWith('column:')) build.member(kind, of, member, 'read', 'type')
}

function bodyOf(fields: Fields): { readonly language: string; readonly body: string } {
  let language = 'sql'
  let body = ''
  for (const option of listOf(fields['options'])) {
    const { defname, arg } = nodeOf(option, 'DefElem') ?? {}
    if (defname === 'language') language = stringOf(arg).toLowerCase()
    if (defname === 'as') body = stringOf(arg) || stringOf(listOf(nodeOf(arg, 'List')?.['items'])[0])
  }
  return { language, body }
}

/** `DO`: its body runs now. */
export const doBlock: EffectReader = (fields, scope) => {
  const { language, body } = bodyOf({ options: fields['args'] })
  const isPlpgsql =
    !listOf(fields['args']).some((option) => nodeOf(option, 'DefElem')?.['defname'] === 'language') || language === 'plpgsql'
  if (!isPlpgsql) scope.build.unknown(`the block is written in ${language}`)
  else plpgsqlBody(`CREATE FUNCTION yama_block() RETURNS void LANGUAGE plpgsql AS ${dollarQuoted(body)}`, scope)
}

function dollarQuoted(text: string): string {
  let tag = 'yama'
  while (text.includes(`$${tag}$`)) tag += '_'
  return `$${tag}$${text}$${tag}$`
}

/** `CALL`: run for what it does. */
export const call: EffectReader = (fields, scope) => {
  const name = nameOf(fieldsOf(fields['funccall'])['funcname'])
  scope.build.object('function', name, 'read', 'exist', 'definition')
  scope.build.object('function', name, 'write', 'rows')
  queryReads(fieldsOf(fields['funccall'])['args'], scope, 'rows')
}

/** Bits of the event in the tree, as in pg_trigger.h; TRUNCATE removes rows too. */
const EVENTS = [
  [4, 'insert'],
  [8, 'delete'],
  [16, 'update'],
  [32, 'delete'],
] as const

/** Of the timing, likewise. */
const BEFORE = 2

/** `CREATE TRIGGER`: from now on a change of the table runs the function. */
export const createTrigger: EffectReader = (fields, scope) => {
  const { build } = scope
  const table = relationOf(fields['relation'])
  const name = nameOf(fields['funcname'])
  const trigger = `trigger:${textOf(fields['trigname'])}`
  build.object('relation', table, 'read', 'exist')
  build.member('relation', table, trigger, 'add', 'exist')
  const events = EVENTS.filter(([bit]) => (Number(fields['events'] ?? 0) & bit) !== 0)
  judged(table, scope, ...events.map(([, event]) => event))
  if (boolOf(fields['replace'])) build.idempotent()
  build.object('function', name, 'read', 'exist')
  for (const column of listOf(fields['columns'])) build.member('relation', table, `column:${stringOf(column)}`, 'read', 'type')
  queryReads(fields['whenClause'], scope, 'depends', table)
  const asked = functionsRun(fields['whenClause'], scope)
  const columns = listOf(fields['columns']).map(stringOf)
  for (const [, event] of events)
    build.link(
      'relation',
      table,
      event,
      { effects: [...asked, { object: `function:${name.name}`, schema: name.schema, facet: 'rows', access: 'write' }] },
      columns.length === 0 || event !== 'update' ? undefined : columns,
    )
  // What the function assigns to NEW is in its body, which may be written later.
  const isBefore = (Number(fields['timing'] ?? 0) & BEFORE) !== 0
  if (isBefore && boolOf(fields['row']) && events.some(([, event]) => event === 'update'))
    recordAssigned(build, table, undefined, columns.length === 0 ? undefined : columns)
}
