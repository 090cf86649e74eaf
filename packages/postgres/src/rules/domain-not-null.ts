import type { Action, Fact, RuleContext } from '@yama/schema'
import { defaultNotNullName, isServerNotNullName } from '../types/default-name.ts'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { commentOn, newComment } from './comment.ts'
import { objectName, spoken } from './names.ts'

type Domain = Fact<'domain'>
type Server = Pick<RuleContext, 'server'>

/** Since 17 the NOT NULL of a domain is a constraint. */
const isNamed = ({ server }: Server): boolean => server.major >= 17

const nameOf = ({ name, payload }: Domain): string => payload.notNullName ?? defaultNotNullName(name, '')
/** A name that is not stated is one that the server made, for this domain or for what it was called before. */
const isKnown = ({ payload }: Domain): boolean => payload.notNullName !== undefined || payload.notNullComment !== undefined

const target = (domain: Domain): string => `CONSTRAINT ${identifier(nameOf(domain))} ON DOMAIN ${objectName(domain.id)}`

/** ` CONSTRAINT name NOT NULL` in CREATE DOMAIN. */
export function domainNotNull(domain: Domain): readonly string[] {
  if (!domain.payload.notNull) return []
  return [isKnown(domain) ? `CONSTRAINT ${identifier(nameOf(domain))} NOT NULL` : 'NOT NULL']
}

/** Its comment, on a new domain. */
export const domainNotNullComment = (domain: Domain, context: Server): readonly Action[] =>
  domain.payload.notNull && isNamed(context) ? newComment(domain, target(domain), domain.payload.notNullComment) : []

export function domainNotNullChanges(from: Domain, to: Domain, context: Server): readonly Action[] {
  const [old, now] = [from.payload, to.payload]
  const step = (clause: string): Action =>
    action(
      to,
      'alter',
      { sql: `ALTER DOMAIN ${objectName(to.id)} ${clause}`, title: `alter domain ${spoken(to)}`, consumes: [to.id] },
      changed('notNull', old.notNull, now.notNull),
    )
  const says = isNamed(context) && isKnown(to)
  const add = says ? step(`ADD ${domainNotNull(to).join('')}`) : step('SET NOT NULL')
  if (!now.notNull) return old.notNull ? [step('DROP NOT NULL')] : []
  if (!old.notNull) return [add, ...domainNotNullComment(to, context)]
  if (!isNamed(context)) return []
  if (!isKnown(from)) return says ? [step('DROP NOT NULL'), add, ...domainNotNullComment(to, context)] : []
  const names = [nameOf(from), nameOf(to)] as const
  const isAlike = names[0] === names[1] || (!says && names.every(isServerNotNullName))
  return [
    ...(isAlike ? [] : [step(`RENAME CONSTRAINT ${identifier(names[0])} TO ${identifier(names[1])}`)]),
    ...(old.notNullComment === now.notNullComment
      ? []
      : [commentOn(to, 'alter', target(isAlike ? from : to), old.notNullComment, now.notNullComment)]),
  ]
}
