import { createCommutativity, lexerRules, wordEffects } from '@yama/sql'

/** The judge of MySQL and MariaDB. */
export const commutativity = createCommutativity((sql) => wordEffects(sql, lexerRules.mysql))
