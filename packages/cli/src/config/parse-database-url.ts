import { isAbsolute, resolve } from 'node:path'
import type { DatabaseKind } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import { redactUrl } from './redact-url.ts'
import { standardUrl } from './standard-url.ts'

export interface DatabaseUrl {
  readonly kind: DatabaseKind
  readonly driver: 'pg' | 'pglite' | 'better-sqlite3' | 'mysql2'
  /** With relative paths made absolute. */
  readonly url: string
  /** What the configuration says of a transaction pooler. */
  readonly pooler?: boolean
}

/** Chooses the database by the URL's scheme; a bare path ending in .db, .sqlite or .sqlite3 is SQLite. */
export function parseDatabaseUrl(text: string, root: string): DatabaseUrl {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase()
  if (scheme === 'postgres' || scheme === 'postgresql') return { kind: 'postgres', driver: 'pg', url: checkedHosts(text) }
  if (scheme === 'mysql' || scheme === 'mariadb') return { kind: scheme, driver: 'mysql2', url: checked(text) }
  if (scheme === 'pglite') return { kind: 'postgres', driver: 'pglite', url: `pglite:${path(text.slice(7), root)}` }
  if (scheme === 'sqlite' || scheme === 'sqlite3' || scheme === 'file') {
    return { kind: 'sqlite', driver: 'better-sqlite3', url: `sqlite:${path(text.slice(scheme.length + 1), root)}` }
  }
  if (scheme === undefined && (text === ':memory:' || /\.(db|sqlite3?)$/.test(text)))
    return { kind: 'sqlite', driver: 'better-sqlite3', url: `sqlite:${path(text, root)}` }
  const reason = scheme === undefined ? 'it has no scheme' : `nothing answers to the scheme ${scheme}`
  throw cliErrors.YAMA_URL_INVALID({ url: redactUrl(text), reason })
}

function path(text: string, root: string): string {
  const plain = text.startsWith('//') ? text.slice(2) : text
  if (plain === ':memory:' || plain === 'memory' || plain === '') return plain === '' ? ':memory:' : plain
  return isAbsolute(plain) ? plain : resolve(root, plain)
}

/** PostgreSQL takes several hosts, `postgres://one:5432,two:5432/db`, which no URL has. */
function checkedHosts(text: string): string {
  const several = /^(\w+:\/\/(?:[^/?#]*@)?)([^/?#,]*),[^/?#]*(.*)$/s.exec(text)
  if (several === null) return checked(text)
  checked(`${several[1] ?? ''}${several[2] ?? ''}${several[3] ?? ''}`)
  return text
}

function checked(text: string): string {
  const standard = standardUrl(text)
  try {
    const { href } = new URL(standard)
    return standard === text ? href : text
  } catch (error) {
    throw cliErrors.YAMA_URL_INVALID({ url: redactUrl(text), reason: 'it does not parse' }, { cause: error })
  }
}
