const LABELS = { primary: 'pkey', unique: 'key', foreign: 'fkey', check: 'check', index: 'idx', exclusion: 'excl' } as const

/**
 * The name of what is not named. The servers' own choice (`t_ibfk_1`) counts what is there already, so it cannot be known beforehand; these are the
 * names that the other databases get, so that entities mean one thing everywhere. A primary key has one name only.
 */
export function defaultName(kind: keyof typeof LABELS, table: string, columns: readonly string[]): string {
  if (kind === 'primary') return 'PRIMARY'
  if (kind === 'check') return [table, ...(columns.length === 1 ? columns : []), LABELS.check].join('_')
  return [table, ...columns, LABELS[kind]].join('_')
}
