import { describeFact, type FactId } from '@yama/schema'

/** A fact's id for people, without the schema that everybody has: `column users.email`. */
export const shownFact = (id: FactId): string => describeFact(id).replace(/ (?:public|main)\.(?=.)/, ' ')
