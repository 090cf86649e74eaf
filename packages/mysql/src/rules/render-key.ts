import type { Fact, IndexKey } from '@yama/schema'
import { literal, quoteName, quoteNames } from '../text/names.ts'

const WORDS: Readonly<Record<string, string>> = { fulltext: 'FULLTEXT ', spatial: 'SPATIAL ', vector: 'VECTOR ' }

/** An index as a line of CREATE TABLE and behind ADD. */
export function renderIndex({ name, payload }: Fact<'index'>): string {
  const { options, method, unique, keys, comment } = payload
  const word = unique ? 'UNIQUE ' : (WORDS[method] ?? '')
  const stated = options['using'] === undefined ? method : String(options['using'])
  const using =
    (method === 'btree' && options['using'] === undefined) || WORDS[method] !== undefined ? '' : ` USING ${stated.toUpperCase()}`
  const more = [
    options['keyBlockSize'] === undefined ? '' : ` KEY_BLOCK_SIZE=${String(options['keyBlockSize'])}`,
    options['parser'] === undefined ? '' : ` WITH PARSER ${quoteName(String(options['parser']))}`,
    comment === undefined ? '' : ` COMMENT ${literal(comment)}`,
    options['invisible'] === true ? ' INVISIBLE' : '',
    options['ignored'] === true ? ' IGNORED' : '',
  ]
  return `${word}KEY ${quoteName(name)} (${keys.map(renderPart).join(', ')})${using}${more.join('')}`
}

function renderPart({ column, expression, prefixLength, descending }: IndexKey): string {
  const what = column === undefined ? `(${expression ?? ''})` : quoteName(column)
  return `${what}${prefixLength === undefined ? '' : `(${String(prefixLength)})`}${descending === true ? ' DESC' : ''}`
}

/** A key, foreign key or check as a line of CREATE TABLE and behind ADD. */
export function renderConstraint({ name, payload }: Fact<'constraint'>): string {
  const { options, comment } = payload
  const columns = typeof options['keys'] === 'string' ? options['keys'] : quoteNames(payload.columns)
  const period = options['withoutOverlaps']
  const keys = period === undefined ? columns : `${columns}, ${quoteName(String(period))} WITHOUT OVERLAPS`
  const more = [
    options['using'] === undefined ? '' : ` USING ${String(options['using']).toUpperCase()}`,
    options['keyBlockSize'] === undefined ? '' : ` KEY_BLOCK_SIZE=${String(options['keyBlockSize'])}`,
    comment === undefined || payload.type === 'check' || payload.type === 'foreign' ? '' : ` COMMENT ${literal(comment)}`,
    options['invisible'] === true ? ' INVISIBLE' : '',
    options['ignored'] === true ? ' IGNORED' : '',
  ].join('')
  switch (payload.type) {
    case 'primary':
      return `PRIMARY KEY (${keys})${more}`
    case 'unique':
      return `UNIQUE KEY ${quoteName(name)} (${keys})${more}`
    case 'foreign':
      return `CONSTRAINT ${quoteName(name)} FOREIGN KEY (${keys}) ${renderReference(payload)}`
    case 'check':
    case 'exclusion':
      return `CONSTRAINT ${quoteName(name)} CHECK (${payload.expression ?? ''})${options['notEnforced'] === true ? ' NOT ENFORCED' : ''}`
  }
}

function renderReference({ references }: Fact<'constraint'>['payload']): string {
  if (references === undefined) return ''
  const said = references.statedNoAction
  const on = (event: 'delete' | 'update', what: string): string =>
    what === 'no action' && said !== event && said !== 'both' ? '' : ` ON ${event.toUpperCase()} ${what.toUpperCase()}`
  const target = references.schema === '' ? quoteName(references.table) : `${quoteName(references.schema)}.${quoteName(references.table)}`
  return `REFERENCES ${target} (${quoteNames(references.columns)})${on('delete', references.onDelete)}${on('update', references.onUpdate)}`
}
