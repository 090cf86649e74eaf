import type { FactId, FactKind } from './fact.ts'
import type { MemberKind } from './fact-id.ts'

export interface FactName {
  readonly kind: FactKind
  /** `''` where the id carries none. */
  readonly schema: string
  /** The table or view of a member; the object that privileges are on. */
  readonly table?: string
  readonly name: string
}

const MEMBERS: ReadonlySet<FactKind> = new Set<MemberKind>([
  'column',
  'constraint',
  'index',
  'trigger',
  'rule',
  'policy',
  'grant',
  'rows',
  'owner',
])

/** The inverse of `objectId` and `memberId`. */
export function parseFactId(id: FactId): FactName {
  const colon = id.indexOf(':')
  const kind = id.slice(0, colon) as FactKind
  const parts = splitParts(id.slice(colon + 1))
  const name = parts.pop() ?? ''
  if (!MEMBERS.has(kind)) return { kind, schema: parts.pop() ?? '', name }
  const table = parts.pop() ?? ''
  return { kind, schema: parts.pop() ?? '', table, name }
}

function splitParts(text: string): string[] {
  if (!text.includes('"')) return text.split('.')
  return [...text.matchAll(/"((?:[^"]|"")*)"|([^.]+)/g)].map((match) => match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
}
