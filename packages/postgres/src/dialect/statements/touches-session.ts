const FIRST = /^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)*([A-Za-z]+)/
/** `SET LOCAL` and its kin end with the transaction. */
const LASTING = /^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)*(?:RESET|DISCARD|SET\s+(?!LOCAL\b|CONSTRAINTS\b|TRANSACTION\b))/i
const CALLED = /\bset_config\s*\(/i
/** Temporary objects and prepared statements are the session's. */
const MAKES =
  /^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)*(?:CREATE\s+(?:OR\s+REPLACE\s+)?(?:(?:GLOBAL|LOCAL)\s+)?TEMP(?:ORARY)?\b|PREPARE\s+(?!TRANSACTION\b))|\bpg_temp\b|\bINTO\s+TEMP(?:ORARY)?\b/i
/** In a block a statement begins behind one of these, or in the text that EXECUTE takes. */
const INSIDE =
  /(?:[;'$]|\b(?:BEGIN|THEN|ELSE|LOOP))\s*(?:RESET|CREATE\s+TEMP|SET\s+(?!LOCAL\b|CONSTRAINTS\b|TRANSACTION\b)(?:SESSION|ROLE|\w+\s*(?:=|\bTO\b)))/i

/** Whether a statement may leave a setting of the session otherwise, or something that is there as long as the session. What a function does that it calls is not seen. */
export function touchesSession(sql: string): boolean {
  switch (FIRST.exec(sql)?.[1]?.toUpperCase()) {
    case 'SET':
    case 'RESET':
    case 'DISCARD':
      return LASTING.test(sql)
    case 'CREATE':
    case 'PREPARE':
      return MAKES.test(sql)
    case 'SELECT':
    case 'WITH':
      return CALLED.test(sql) || MAKES.test(sql)
    case 'DO':
      return CALLED.test(sql) || INSIDE.test(sql)
    case 'CALL':
      return true
    default:
      return false
  }
}
