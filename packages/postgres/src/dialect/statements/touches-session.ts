const FIRST = /^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)*([A-Za-z]+)/
/** `SET LOCAL` and its kin end with the transaction. */
const LASTING = /^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)*(?:RESET|DISCARD|SET\s+(?!LOCAL\b|CONSTRAINTS\b|TRANSACTION\b))/i
const CALLED = /\bset_config\s*\(/i
/** In a block a statement begins behind one of these, or in the text that EXECUTE takes. */
const INSIDE =
  /(?:[;'$]|\b(?:BEGIN|THEN|ELSE|LOOP))\s*(?:RESET|SET\s+(?!LOCAL\b|CONSTRAINTS\b|TRANSACTION\b)(?:SESSION|ROLE|\w+\s*(?:=|\bTO\b)))/i

/** Whether a statement may leave a setting of the session otherwise. What a function does that it calls is not seen. */
export function touchesSession(sql: string): boolean {
  switch (FIRST.exec(sql)?.[1]?.toUpperCase()) {
    case 'SET':
    case 'RESET':
    case 'DISCARD':
      return LASTING.test(sql)
    case 'SELECT':
    case 'WITH':
      return CALLED.test(sql)
    case 'DO':
      return CALLED.test(sql) || INSIDE.test(sql)
    case 'CALL':
      return true
    default:
      return false
  }
}
