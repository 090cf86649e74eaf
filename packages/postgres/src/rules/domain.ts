import type { Action, DomainCheck, Fact, Rule } from '@yama/schema'
import { collationName, identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { commentOn, newComment } from './comment.ts'
import { objectName, spoken } from './names.ts'
import { renameObject } from './rename.ts'

const checkClause = ({ name, expression, notValid }: DomainCheck): string =>
  `CONSTRAINT ${identifier(name)} CHECK (${expression})${notValid === true ? ' NOT VALID' : ''}`

function createSql({ id, payload }: Fact<'domain'>): string {
  return [
    `CREATE DOMAIN ${objectName(id)} AS ${payload.type}`,
    ...(payload.collation === undefined ? [] : [`COLLATE ${collationName(payload.collation)}`]),
    ...(payload.default === undefined ? [] : [`DEFAULT ${payload.default}`]),
    ...(payload.notNull ? ['NOT NULL'] : []),
    ...payload.checks.filter(({ notValid }) => notValid !== true).map(checkClause),
  ].join(' ')
}

/** Checks that differ; one that only becomes valid is validated. */
function checkChanges(from: readonly DomainCheck[], to: readonly DomainCheck[]): readonly string[] {
  const before = new Map(from.map((check) => [check.name, check]))
  const after = new Map(to.map((check) => [check.name, check]))
  const validated = ({ name, expression, notValid }: DomainCheck): boolean => {
    const old = before.get(name)
    return old?.expression === expression && old.notValid === true && notValid !== true
  }
  const same = (check: DomainCheck): boolean => {
    const old = before.get(check.name)
    return old !== undefined && old.expression === check.expression && old.notValid === check.notValid
  }
  const gone = from.filter((check) => {
    const now = after.get(check.name)
    return now === undefined || (!same(now) && !validated(now))
  })
  return [
    ...gone.map(({ name }) => `DROP CONSTRAINT ${identifier(name)}`),
    ...to
      .filter((check) => !same(check))
      .map((check) => (validated(check) ? `VALIDATE CONSTRAINT ${identifier(check.name)}` : `ADD ${checkClause(check)}`)),
  ]
}

function checkComments(fact: Fact<'domain'>, change: 'add' | 'alter', from: readonly DomainCheck[]): readonly Action[] {
  const kept = (check: DomainCheck): string | undefined => {
    const old = from.find(({ name }) => name === check.name)
    return old?.expression === check.expression ? old.comment : undefined
  }
  return fact.payload.checks
    .filter((check) => kept(check) !== check.comment)
    .map((check) =>
      commentOn(fact, change, `CONSTRAINT ${identifier(check.name)} ON DOMAIN ${objectName(fact.id)}`, kept(check), check.comment),
    )
}

export const domainRule: Rule<'domain'> = (delta) => {
  const target = `DOMAIN ${objectName(delta.id)}`
  const alter = (
    fact: Fact<'domain'>,
    change: 'add' | 'alter',
    clause: string,
    because: ReturnType<typeof changed> = { attribute: 'checks' },
  ): Action =>
    action(fact, change, { sql: `ALTER ${target} ${clause}`, title: `alter domain ${spoken(fact)}`, consumes: [fact.id] }, because)
  switch (delta.change) {
    case 'add': {
      const late = delta.to.payload.checks.filter(({ notValid }) => notValid === true)
      return [
        action(delta.to, 'add', { sql: createSql(delta.to), title: `create domain ${spoken(delta.to)}`, produces: [delta.id] }),
        ...late.map((check) => alter(delta.to, 'add', `ADD ${checkClause(check)}`)),
        ...newComment(delta.to, target, delta.to.payload.comment),
        ...checkComments(delta.to, 'add', []),
      ]
    }
    case 'drop':
      return [action(delta.from, 'drop', { sql: `DROP ${target}`, title: `drop domain ${spoken(delta.from)}`, destroys: [delta.id] })]
    case 'rename':
      return renameObject('DOMAIN', delta.from, delta.to)
    case 'alter': {
      const [from, to] = [delta.from.payload, delta.to.payload]
      return [
        ...(from.default === to.default
          ? []
          : [
              alter(
                delta.to,
                'alter',
                to.default === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${to.default}`,
                changed('default', from.default, to.default),
              ),
            ]),
        ...(from.notNull === to.notNull
          ? []
          : [alter(delta.to, 'alter', to.notNull ? 'SET NOT NULL' : 'DROP NOT NULL', changed('notNull', from.notNull, to.notNull))]),
        ...checkChanges(from.checks, to.checks).map((clause) =>
          alter(delta.to, 'alter', clause, changed('checks', from.checks, to.checks)),
        ),
        ...(from.comment === to.comment ? [] : [commentOn(delta.to, 'alter', target, from.comment, to.comment)]),
        ...checkComments(delta.to, 'alter', from.checks),
      ]
    }
  }
}
