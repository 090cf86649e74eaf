/** Where a migration keeps what the session had while it makes something under other settings. */
export const SAVED_MODE = '@yama_sql_mode'
export const SAVED_COLLATION = '@yama_collation_connection'
export const SAVED_ZONE = '@yama_time_zone'
export const SAVED_KEYS = '@yama_foreign_key_checks'
/** What the session says of it, as a word: MySQL makes text of a number that it keeps, and takes none back. */
export const KEY_CHECKS = "IF(@@SESSION.foreign_key_checks, 'ON', 'OFF')"
export const SAVED = [SAVED_MODE, SAVED_COLLATION, SAVED_ZONE, SAVED_KEYS] as const

const SAVES = /^SET @yama_\w+ = COALESCE\(/
const GIVES_BACK = /^SET SESSION \w+ = @yama_/
/** What stands inside the pair. Whoever looks at the database between the two may fail, and changes nothing. */
const MAKES = /^(?:-- yama:sql-mode[^\n]*\n)?(?:CREATE|ALTER TABLE|DROP TABLE)\b/i

/** What the statements of a session did to how it reads the next ones. */
export interface SessionSettings {
  /** Each statement goes alone: the server may read a text otherwise than Yama does. */
  readonly readsOtherwise: boolean
  /** Takes note of a statement that may change how texts are read. */
  note(sql: string): void
  /** What takes back the settings under which this statement failed; undefined where none are open for it. */
  giveBack(failed: string): string | undefined
  /** It has its usual settings again. */
  restored(): void
}

/** A session with its usual settings. */
export function sessionSettings(): SessionSettings {
  let otherwise = false
  let open: { readonly before: boolean; readonly back: string } | undefined
  return {
    get readsOtherwise() {
      return otherwise
    },
    note(sql) {
      if (SAVES.test(sql)) {
        open = { before: open?.before ?? otherwise, back: backOf(sql) }
        otherwise = true
      } else if (GIVES_BACK.test(sql) && open !== undefined) {
        otherwise = open.before
        open = undefined
      } else otherwise = true
    },
    giveBack(failed) {
      if (open === undefined || !MAKES.test(failed)) return undefined
      const { before, back } = open
      otherwise = before
      open = undefined
      return back
    },
    restored() {
      otherwise = false
      open = undefined
    },
  }
}

const backOf = (sql: string): string =>
  `SET ${SAVED.filter((saved) => sql.includes(saved))
    .flatMap((saved) => [`SESSION ${saved.replace('@yama_', '')} = ${saved}`, `${saved} = NULL`])
    .join(', ')}`
