import { plainScalar } from './plain-scalar.ts'

/** A key or an item of a flow collection, and where it begins in the text. */
export interface FlowEntry {
  readonly path: readonly (string | number)[]
  readonly offset: number
}

const KEY = /([A-Za-z_][\w.$-]*): +/y
const WORD = /^(?:null|true|false)$/i
/** A scalar up to what ends it. Parentheses are closed in it: `enum(a, b)` would be torn. */
const SCALAR = /"[^"\\]*"|'(?:[^']|'')*'|[^\s"'[\]{},&*#?|<>=!%@`:-][^"'[\]{},#]*|-?\d+/y
const SPACE = / */y

/** A flow collection that ends with its text, as `{ fields: [ a, b desc ] }`; undefined where it is not as plain as that. */
export function flowValue(text: string, path: readonly (string | number)[], told: (entry: FlowEntry) => void): unknown {
  let at = 0
  const skip = (): void => {
    SPACE.lastIndex = at
    SPACE.exec(text)
    at = SPACE.lastIndex
  }
  /** True behind a comma, false behind the end, undefined at anything else. */
  const goesOn = (end: string): boolean | undefined => {
    skip()
    const found = text[at++]
    skip()
    return found === ',' ? true : found === end ? false : undefined
  }
  const closes = (end: string): boolean => {
    if (text[at] !== end) return false
    at++
    return true
  }
  const mapping = (below: readonly (string | number)[]): unknown => {
    const found: Record<string, unknown> = {}
    at++
    skip()
    if (closes('}')) return found
    for (;;) {
      KEY.lastIndex = at
      const name = KEY.exec(text)?.[1]
      if (name === undefined || WORD.test(name) || name === '__proto__' || Object.hasOwn(found, name)) return undefined
      const own = [...below, name]
      told({ path: own, offset: at })
      at = KEY.lastIndex
      const value = item(own)
      if (value === undefined) return undefined
      found[name] = value
      const more = goesOn('}')
      if (more !== true) return more === false ? found : undefined
    }
  }
  const list = (below: readonly (string | number)[]): unknown => {
    const found: unknown[] = []
    at++
    skip()
    if (closes(']')) return found
    for (;;) {
      const own = [...below, found.length]
      told({ path: own, offset: at })
      const value = item(own)
      if (value === undefined) return undefined
      found.push(value)
      const more = goesOn(']')
      if (more !== true) return more === false ? found : undefined
    }
  }
  const item = (own: readonly (string | number)[]): unknown => {
    if (text[at] === '{') return mapping(own)
    if (text[at] === '[') return list(own)
    SCALAR.lastIndex = at
    const written = SCALAR.exec(text)?.[0].trimEnd()
    if (written === undefined || written.split('(').length !== written.split(')').length || /:(?:$|[\s,])/.test(written)) return undefined
    at += written.length
    return plainScalar(written)
  }
  const value = item(path)
  skip()
  return at === text.length ? value : undefined
}
