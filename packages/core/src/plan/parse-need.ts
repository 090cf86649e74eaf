import type { DatabaseKind } from '../contract/dialect.ts'
import type { Comparison, Need } from '../contract/need.ts'
import { coreErrors } from '../errors/errors.ts'

const COMPARED = /^([^\s<>=!]+)\s*(>=|<=|!=|=|>|<)\s*(.+)$/
const SERVERS: ReadonlySet<string> = new Set(['server', 'postgres', 'mysql', 'mariadb', 'sqlite'] satisfies (DatabaseKind | 'server')[])

/**
 * What a line of `needs:` asks for: `server >= 15`, `mariadb >= 10.6`, `extension pg_trgm`, `privilege create on schema app`,
 * `setting wal_level = logical`, `tool pg_dump`, `env API_KEY`. Throws YAMA_NEEDS_INVALID.
 *
 * @example parseNeed('server >= 15', 'yama.config.ts').kind // 'server'
 */
export function parseNeed(text: string, file: string): Need {
  const [first = '', ...words] = text.trim().split(/\s+/)
  const rest = words.join(' ')
  const compared = COMPARED.exec(text.trim())
  if (compared !== null && SERVERS.has(compared[1] ?? ''))
    return {
      kind: 'server',
      text,
      server: compared[1] as DatabaseKind | 'server',
      comparison: compared[2] as Comparison,
      version: compared[3] ?? '',
    }
  if (first === 'extension' && /^\S+$/.test(rest)) return { kind: 'extension', text, name: rest }
  if ((first === 'tool' || first === 'env') && /^[\w.+-]+$/.test(rest)) return { kind: first, text, name: rest }
  const privilege = first === 'privilege' ? /^([\w ]+?)(?: on (?:(schema) )?(\S+))?$/i.exec(rest) : null
  if (privilege?.[1] !== undefined) {
    const [, name, schema, object] = privilege
    return {
      kind: 'privilege',
      text,
      name: name.toLowerCase(),
      ...(object === undefined ? {} : { [schema === undefined ? 'table' : 'schema']: object }),
    }
  }
  const setting = first === 'setting' ? COMPARED.exec(rest) : null
  if (setting !== null && /^[\w.]+$/.test(setting[1] ?? ''))
    return {
      kind: 'setting',
      text,
      name: setting[1] ?? '',
      comparison: setting[2] as Comparison,
      value: (setting[3] ?? '').replaceAll(/^['"]|['"]$/g, ''),
    }
  throw coreErrors.YAMA_NEEDS_INVALID({ file, need: text }, { position: { file, line: 1, column: 1 } })
}

/** Compares by numbers where both are numbers, part by part, else as text without case. */
export function compares(found: string, comparison: Comparison, wanted: string): boolean {
  const order = orderOf(found, wanted)
  if (order === undefined) return comparison === '=' ? false : comparison === '!='
  return { '=': order === 0, '!=': order !== 0, '>=': order >= 0, '<=': order <= 0, '>': order > 0, '<': order < 0 }[comparison]
}

function orderOf(found: string, wanted: string): number | undefined {
  if (!/^\d+(\.\d+)*$/.test(wanted) || !/^\d/.test(found)) return found.toLowerCase() === wanted.toLowerCase() ? 0 : undefined
  const [a, b] = [found, wanted].map((text) => (/^\d+(\.\d+)*/.exec(text)?.[0] ?? '0').split('.').map(Number))
  // What the wanted version does not say counts as equal: 15.4 is 15.
  for (const [at, part] of (b ?? []).entries()) {
    const own = a?.[at] ?? 0
    if (own !== part) return own < part ? -1 : 1
  }
  return 0
}
