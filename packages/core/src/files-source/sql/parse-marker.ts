export interface Marker {
  readonly dialect: 'migrate' | 'goose' | 'dbmate'
  readonly command: 'up' | 'down' | 'begin' | 'end' | 'none' | 'unknown'
  /** The statements of this direction run without a transaction. */
  readonly none: boolean
  /** The word that names the command, as written. */
  readonly word: string
  readonly text: string
}

const commands: Readonly<Record<string, Marker['command']>> = { up: 'up', down: 'down', statementbegin: 'begin', statementend: 'end' }

/**
 * Reads `-- +migrate Up notransaction`, and the same of goose (`-- +goose NO TRANSACTION`) and dbmate
 * (`-- migrate:up transaction:false`). Undefined where the comment is no marker.
 */
export function parseMarker(comment: string): Marker | undefined {
  const dbmate = /^--\s*migrate:(up|down)(?:\s+(.*))?$/.exec(comment)
  if (dbmate !== null) {
    const word = dbmate[1] ?? ''
    return {
      dialect: 'dbmate',
      command: word === 'up' ? 'up' : 'down',
      none: /\btransaction:false\b/.test(dbmate[2] ?? ''),
      word,
      text: comment,
    }
  }
  const found = /^--\s*\+(migrate|goose)\b\s*(\S*)\s*(.*)$/i.exec(comment)
  if (found === null) return undefined
  const [, tool = '', word = '', rest = ''] = found
  const dialect = tool.toLowerCase() === 'goose' ? 'goose' : 'migrate'
  if (dialect === 'goose' && /^no$/i.test(word) && /^transaction$/i.test(rest))
    return { dialect, command: 'none', none: true, word, text: comment }
  const key = word.toLowerCase()
  const command = Object.hasOwn(commands, key) ? (commands[key] ?? 'unknown') : 'unknown'
  const none = /^notransaction$/i.test(rest)
  return { dialect, command: rest === '' || none ? command : 'unknown', none, word, text: comment }
}
