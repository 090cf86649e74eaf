import { authoringErrors } from '../errors/errors.ts'

/** A state of a schema that `yama diff` can name. */
export type StateReference =
  | { readonly kind: 'entities' }
  | { readonly kind: 'migrations' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'migration' | 'tag' | 'env' | 'git' | 'url'; readonly value: string }

/** Reads `entities`, `migrations`, `empty`, `migration:ID` (also `migration:head-2`), `tag:NAME`, `env:NAME`, `git:REF` or a database URL. Rejects with YAMA_STATE_UNKNOWN. */
export function parseState(text: string): StateReference {
  if (text === 'entities' || text === 'migrations' || text === 'empty') return { kind: text }
  const named = /^(migration|tag|env|git):(.+)$/s.exec(text)
  if (named !== null) return { kind: named[1] as 'migration' | 'tag' | 'env' | 'git', value: named[2] as string }
  if (/^[a-z][a-z0-9+.-]*:./i.test(text) || /\.(db|sqlite3?)$/.test(text)) return { kind: 'url', value: text }
  throw authoringErrors.YAMA_STATE_UNKNOWN({ text })
}
