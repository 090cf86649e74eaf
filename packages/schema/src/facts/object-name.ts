/** What an object's fact name says: `collation posix`, `operator = (integer, integer)`, `user mapping for app server films`. */
export interface ObjectName {
  /** The words of its kind, as `DROP` takes them, in lower case. */
  readonly word: string
  /** Its own name; empty for a cast, a transform and a user mapping, which have none. */
  readonly own: string
  /** What stands behind the name: `using btree`, `(integer, integer)`, `for app server films`. */
  readonly rest: string
  /** False for what belongs to the whole database. */
  readonly ofSchema: boolean
}

const OF_SCHEMA = /^(collation|foreign table|conversion|text search (?:parser|template|dictionary|configuration)) (.+)$/s
const OF_DATABASE = /^(server|foreign data wrapper|access method|language) (.+)$/s
const BY_METHOD = /^(operator (?:class|family)) (.+) (using \S+)$/s
const OPERATOR = /^(operator) (\S+) (\(.+\))$/s
const NAMELESS = /^(user mapping) (for .+ server .+)$|^(cast) (\(.+ AS .+\))$|^(transform) (for .+ language .+)$/s

/** Undefined where the name does not say what it is. */
export function parseObjectName(name: string): ObjectName | undefined {
  const plain = OF_SCHEMA.exec(name) ?? BY_METHOD.exec(name) ?? OPERATOR.exec(name)
  if (plain !== null) return { word: plain[1] ?? '', own: plain[2] ?? '', rest: plain[3] ?? '', ofSchema: true }
  const whole = OF_DATABASE.exec(name)
  if (whole !== null) return { word: whole[1] ?? '', own: whole[2] ?? '', rest: '', ofSchema: false }
  const [word, rest] = (NAMELESS.exec(name) ?? []).slice(1).filter((part) => part !== undefined)
  return word === undefined || rest === undefined ? undefined : { word, own: '', rest, ofSchema: false }
}

/** The name without what it is. */
export const ownName = (name: string): string => parseObjectName(name)?.own ?? name
