import type { Fact, Rule } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { commentOn, newComment } from './comment.ts'
import { spokenTable, tableOf } from './names.ts'

const inParentheses = (expression: string): string => `(${expression})`
const rolesOf = ({ payload }: Fact<'policy'>): string =>
  payload.roles.length === 0 ? 'PUBLIC' : payload.roles.map((role) => identifier(role)).join(', ')

function conditions({ payload }: Fact<'policy'>): readonly string[] {
  return [
    ...(payload.using === undefined ? [] : [`USING ${inParentheses(payload.using)}`]),
    ...(payload.check === undefined ? [] : [`WITH CHECK ${inParentheses(payload.check)}`]),
  ]
}

/** What `ALTER POLICY` can change: not what a policy is for, and no condition can be taken away. */
export function policyStays({ payload: from }: Fact<'policy'>, { payload: to }: Fact<'policy'>): boolean {
  const taken = (key: 'using' | 'check'): boolean => from[key] !== undefined && to[key] === undefined
  return from.permissive === to.permissive && from.command === to.command && !taken('using') && !taken('check')
}

export const policyRule: Rule<'policy'> = (delta) => {
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const target = `POLICY ${identifier(fact.name)} ON ${tableOf(fact)}`
  switch (delta.change) {
    case 'add': {
      const { permissive, command } = delta.to.payload
      const sql = [
        `CREATE ${target}`,
        ...(permissive ? [] : ['AS RESTRICTIVE']),
        ...(command === 'all' ? [] : [`FOR ${command.toUpperCase()}`]),
        ...(delta.to.payload.roles.length === 0 ? [] : [`TO ${rolesOf(delta.to)}`]),
        ...conditions(delta.to),
      ].join(' ')
      return [
        action(delta.to, 'add', {
          sql,
          title: `create policy ${delta.to.name} on ${spokenTable(delta.to)}`,
          produces: [delta.id],
          lock: 'ACCESS EXCLUSIVE',
        }),
        ...newComment(delta.to, target, delta.to.payload.comment),
      ]
    }
    case 'drop':
      return [
        action(delta.from, 'drop', {
          sql: `DROP ${target}`,
          title: `drop policy ${delta.from.name} of ${spokenTable(delta.from)}`,
          destroys: [delta.id],
          lock: 'ACCESS EXCLUSIVE',
        }),
      ]
    case 'alter': {
      const { from, to } = delta
      const asked = delta.attributes.some(({ attribute }) => attribute !== 'comment')
      return [
        ...(asked
          ? [
              action(
                to,
                'alter',
                {
                  sql: [`ALTER ${target}`, `TO ${rolesOf(to)}`, ...conditions(to)].join(' '),
                  title: `alter policy ${to.name} of ${spokenTable(to)}`,
                  lock: 'ACCESS EXCLUSIVE',
                },
                changed('policy', from.payload, to.payload),
              ),
            ]
          : []),
        ...(from.payload.comment === to.payload.comment ? [] : [commentOn(to, 'alter', target, from.payload.comment, to.payload.comment)]),
      ]
    }
    case 'rename':
      return []
  }
}
