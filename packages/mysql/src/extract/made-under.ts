import { SESSION_ZONE, type UsualSettings } from '../dialect/server-info.ts'

/** What the server keeps with a routine, trigger or event of the session that made it. */
export interface KeptSettings {
  readonly mode: string
  /** Of the texts in its body. */
  readonly collation: string
  /** Of an event. */
  readonly timeZone?: string
}

export interface MadeUnder {
  readonly sqlMode?: readonly string[]
  readonly collation?: string
  readonly timeZone?: string
}

/** What of it is not as sessions have it, so that ordinary databases say nothing. MariaDB keeps one mode of routines under another name than it takes. */
export function madeUnder({ mode, collation, timeZone = SESSION_ZONE }: KeptSettings, usual: UsualSettings | undefined): MadeUnder {
  const modes = mode.split(',').map((each) => (each === 'INVALID_DATES' ? 'ALLOW_INVALID_DATES' : each))
  return {
    ...(modes.join(',') === usual?.sqlMode ? {} : { sqlMode: modes.filter((each) => each !== '') }),
    ...(collation === usual?.collation ? {} : { collation }),
    ...(timeZone === SESSION_ZONE ? {} : { timeZone }),
  }
}
