import { ownName, parseObjectName, type Action, type Fact, type Rule, type RuleContext } from '@yama/schema'
import { identifier, literal, qualified } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { commentOn, newComment } from './comment.ts'
import { hasItems, itemChanges } from './object-items.ts'
import { asideName } from '../types/default-name.ts'
import { needsNewType, swapType } from './swap-type.ts'

type Options = Readonly<Record<string, string>>

const role = (name: string): string => (/^(public|current_user|user)$/i.test(name) ? name.toUpperCase() : identifier(name))

/** `COLLATION public.posix`, `USER MAPPING FOR app SERVER films`, as DROP takes it. */
export function objectTarget({ schema, name }: Pick<Fact<'object'>, 'schema' | 'name'>): string {
  const { word = '', own = '', rest = '', ofSchema = false } = parseObjectName(name) ?? {}
  switch (word) {
    case 'user mapping': {
      const [, user = '', server = ''] = /^for (.+) server (.+)$/s.exec(rest) ?? []
      return `USER MAPPING FOR ${role(user)} SERVER ${identifier(server)}`
    }
    case 'transform': {
      const [, type = '', language = ''] = /^for (.+) language (.+)$/s.exec(rest) ?? []
      return `TRANSFORM FOR ${type} LANGUAGE ${identifier(language)}`
    }
    case 'operator':
      return `OPERATOR ${identifier(schema)}.${own} ${rest}`
    case 'cast':
      return `CAST ${rest}`
    default: {
      const [using = '', method = ''] = rest.split(' ')
      return `${word.toUpperCase()} ${ofSchema ? qualified(schema, own) : identifier(own)}${using === '' ? '' : ` USING ${identifier(method)}`}`
    }
  }
}

const optionList = (options: Options): string =>
  Object.entries(options)
    .map(([name, value]) => `${identifier(name)} ${literal(value)}`)
    .join(', ')

function optionChanges(from: Options, to: Options): string {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((name) => from[name] !== to[name])
  return names
    .map((name) =>
      to[name] === undefined
        ? `DROP ${identifier(name)}`
        : `${from[name] === undefined ? 'ADD' : 'SET'} ${identifier(name)} ${literal(to[name])}`,
    )
    .join(', ')
}

/** The statement with version and options, where each has its place. */
function statement(fact: Fact<'object'>): string {
  const { definition, version, options = {} } = fact.payload
  if (hasItems(fact)) return definition
  const versioned =
    version === undefined
      ? definition
      : definition.replace(/ FOREIGN DATA WRAPPER /, () => ` VERSION ${literal(version)} FOREIGN DATA WRAPPER `)
  return `${versioned}${Object.keys(options).length === 0 ? '' : ` OPTIONS (${optionList(options)})`}`
}

/** Comments on the columns of a foreign table. */
function columnComments(from: Fact<'object'>['payload'] | undefined, to: Fact<'object'>): readonly Action[] {
  const [before, after] = [from?.columns ?? {}, to.payload.columns ?? {}]
  const table = objectTarget(to).replace(/^FOREIGN TABLE /, '')
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((column) => before[column] !== after[column])
    .map((column) =>
      commentOn(to, from === undefined ? 'add' : 'alter', `COLUMN ${table}.${identifier(column)}`, before[column], after[column]),
    )
}

const created = (fact: Fact<'object'>): readonly Action[] => [
  action(fact, 'add', { sql: statement(fact), title: `create ${fact.name}`, produces: [fact.id] }),
  ...(hasItems(fact) ? itemChanges(fact, objectTarget(fact), 'add', {}) : []),
  ...newComment(fact, objectTarget(fact), fact.payload.comment),
  ...columnComments(undefined, fact),
]

function changes(from: Fact<'object'>, to: Fact<'object'>): readonly Action[] {
  const target = objectTarget(to)
  const [before, after] = [from.payload, to.payload]
  const options = hasItems(to) ? '' : optionChanges(before.options ?? {}, after.options ?? {})
  const clauses = [
    ...(before.version === after.version || after.version === undefined ? [] : [`VERSION ${literal(after.version)}`]),
    ...(options === '' ? [] : [`OPTIONS (${options})`]),
  ]
  return [
    ...(clauses.length === 0
      ? []
      : [
          action(
            to,
            'alter',
            { sql: `ALTER ${target} ${clauses.join(' ')}`, title: `alter ${to.name}`, lock: 'ACCESS EXCLUSIVE' },
            changed('options', before.options, after.options),
          ),
        ]),
    ...(hasItems(to) ? itemChanges(to, target, 'alter', before.options ?? {}) : []),
    ...(before.comment === after.comment ? [] : [commentOn(to, 'alter', target, before.comment, after.comment)]),
    ...columnComments(before, to),
  ]
}

/** Another collation takes the place of one that columns have. */
function swapCollation(from: Fact<'object'>, to: Fact<'object'>, context: RuleContext): readonly Action[] {
  const name = ownName(to.name)
  const meanwhile = asideName(name)
  const aside = [`ALTER ${objectTarget(from)} RENAME TO ${identifier(meanwhile)}`]
  return swapType(to, { aside, create: created(to), drop: 'DROP COLLATION', meanwhile, collation: qualified(to.schema, name) }, context)
}

/** Another definition comes as a drop and an add. */
export const objectRule: Rule<'object'> = (delta, context) => {
  switch (delta.change) {
    case 'add':
      return created(delta.to)
    case 'drop': {
      // Nobody has read the password that it may hold.
      const secret = delta.from.name.startsWith('user mapping')
      return [
        action(delta.from, 'drop', {
          sql: `DROP ${objectTarget(delta.from)}`,
          title: `drop ${delta.from.name}`,
          destroys: [delta.id],
          lock: 'ACCESS EXCLUSIVE',
          ...(secret
            ? {
                loss: 'possible' as const,
                loses: `secrets in the options of ${delta.from.name}${context.isReplaced(delta.id) ? ', which is made anew without them' : ''}`,
                reversibility: 'lossy' as const,
              }
            : {}),
        }),
      ]
    }
    case 'alter':
      return needsNewType({ ...delta, kind: 'object' }, context)
        ? swapCollation(delta.from, delta.to, context)
        : changes(delta.from, delta.to)
    case 'rename':
      return []
  }
}
