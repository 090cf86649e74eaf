import { createCommutativity, lexerRules, wordEffects } from '@yama/sql'

/** The judge of SQLite. */
export const commutativity = createCommutativity((sql) => wordEffects(sql, lexerRules.sqlite))
