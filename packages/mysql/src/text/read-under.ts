import { lexerRules, sqlModeRules } from '@yama/sql'

/** The statement with what tells a lexer that it is read otherwise than usual: a text made under ANSI_QUOTES does not show it. */
export function readUnder(modes: readonly string[] | undefined, statement: string): string {
  const usual = modes === undefined || sqlModeRules(modes, lexerRules.mysql) === lexerRules.mysql
  return usual ? statement : `-- yama:sql-mode ${modes.join(',')}\n${statement}`
}
