import type { Action, DomainCheck, Fact, Rule, RuleContext } from '@yama/schema'
import { collationName, identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { commentOn, newComment } from './comment.ts'
import { domainNotNull, domainNotNullChanges, domainNotNullComment } from './domain-not-null.ts'
import { objectName, spoken } from './names.ts'
import { isTakenOver, madeInPlaceOf } from './other-kind.ts'
import { renameObject } from './rename.ts'
import { asideName } from '../types/default-name.ts'
import { needsNewType, swapType } from './swap-type.ts'

const checkClause = ({ name, expression, notValid }: DomainCheck): string =>
  `CONSTRAINT ${identifier(name)} CHECK (${expression})${notValid === true ? ' NOT VALID' : ''}`

function createSql(domain: Fact<'domain'>): string {
  const { id, payload } = domain
  return [
    `CREATE DOMAIN ${objectName(id)} AS ${payload.type}`,
    ...(payload.collation === undefined ? [] : [`COLLATE ${collationName(payload.collation)}`]),
    ...(payload.default === undefined ? [] : [`DEFAULT ${payload.default}`]),
    ...domainNotNull(domain),
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

const alterDomain = (
  fact: Fact<'domain'>,
  change: 'add' | 'alter',
  clause: string,
  because: ReturnType<typeof changed> = { attribute: 'checks' },
): Action =>
  action(
    fact,
    change,
    { sql: `ALTER DOMAIN ${objectName(fact.id)} ${clause}`, title: `alter domain ${spoken(fact)}`, consumes: [fact.id] },
    because,
  )

function created(domain: Fact<'domain'>, context: RuleContext): readonly Action[] {
  const late = domain.payload.checks.filter(({ notValid }) => notValid === true)
  return [
    action(domain, 'add', { sql: createSql(domain), title: `create domain ${spoken(domain)}`, produces: [domain.id] }),
    ...late.map((check) => alterDomain(domain, 'add', `ADD ${checkClause(check)}`)),
    ...newComment(domain, `DOMAIN ${objectName(domain.id)}`, domain.payload.comment),
    ...domainNotNullComment(domain, context),
    ...checkComments(domain, 'add', []),
  ]
}

/** Another type underneath, or conditions that the server tries on no value inside of another. */
function swapped(from: Fact<'domain'>, to: Fact<'domain'>, context: RuleContext): readonly Action[] {
  const meanwhile = asideName(to.name)
  const aside = [`ALTER DOMAIN ${objectName(to.id)} RENAME TO ${identifier(meanwhile)}`]
  const values = [from.payload.type, to.payload.type] as const
  return swapType(to, { aside, create: created(to, context), drop: 'DROP DOMAIN', meanwhile, values }, context)
}

export const domainRule: Rule<'domain'> = (delta, context) => {
  const target = `DOMAIN ${objectName(delta.id)}`
  switch (delta.change) {
    case 'add':
      return madeInPlaceOf(delta.to, created(delta.to, context), context)
    case 'drop':
      if (isTakenOver(delta.from, context)) return []
      return [action(delta.from, 'drop', { sql: `DROP ${target}`, title: `drop domain ${spoken(delta.from)}`, destroys: [delta.id] })]
    case 'rename':
      return renameObject('DOMAIN', delta.from, delta.to)
    case 'alter': {
      if (needsNewType({ ...delta, kind: 'domain' }, context)) return swapped(delta.from, delta.to, context)
      const [from, to] = [delta.from.payload, delta.to.payload]
      return [
        ...(from.default === to.default
          ? []
          : [
              alterDomain(
                delta.to,
                'alter',
                to.default === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${to.default}`,
                changed('default', from.default, to.default),
              ),
            ]),
        ...domainNotNullChanges(delta.from, delta.to, context),
        ...checkChanges(from.checks, to.checks).map((clause) =>
          alterDomain(delta.to, 'alter', clause, changed('checks', from.checks, to.checks)),
        ),
        ...(from.comment === to.comment ? [] : [commentOn(delta.to, 'alter', target, from.comment, to.comment)]),
        ...checkComments(delta.to, 'alter', from.checks),
      ]
    }
  }
}
