import { lexerRules, sqlModeRules } from '@yama/sql'

/** What a routine was made under, undefined where that is what the session has. MariaDB keeps one mode of routines under another name than it takes. */
export function otherMode(list: string, session: string): readonly string[] | undefined {
  const modes = list.split(',').map((mode) => (mode === 'INVALID_DATES' ? 'ALLOW_INVALID_DATES' : mode))
  return modes.join(',') === session ? undefined : modes.filter((mode) => mode !== '')
}

/** The statement with what tells a lexer that it is read otherwise than usual: a text made under ANSI_QUOTES does not show it. */
export function readUnder(modes: readonly string[] | undefined, statement: string): string {
  const usual = modes === undefined || sqlModeRules(modes, lexerRules.mysql) === lexerRules.mysql
  return usual ? statement : `-- yama:sql-mode ${modes.join(',')}\n${statement}`
}
