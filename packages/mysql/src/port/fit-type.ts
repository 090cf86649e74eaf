import type { PortableType, TypeUse } from '@yama/schema'

/** Longest varchar that is no text of its own. */
const LONGEST = 16_383
const ROOM = 255

/** The type that can stand there: keys take no texts without a length, and numbers have an end. */
export function fitType(type: PortableType, { keyCharacters, preset }: TypeUse): { readonly type: PortableType; readonly loss?: string } {
  const [size] = type.parameters
  if (type.array > 0) return { type }
  const year = Number(preset?.slice(0, 4))
  if (type.name === 'timestamp' && (year <= 1970 || year >= 2038))
    return {
      type: { ...type, name: 'timestamplocal' },
      loss: `a timestamp does not reach the default of ${preset ?? ''}, so the time zone is the application’s matter`,
    }
  const isText = type.name === 'text' || type.name === 'citext' || type.name === 'xml' || (type.name === 'string' && size === undefined)
  if (isText && keyCharacters !== undefined) {
    const length = Math.min(ROOM, keyCharacters)
    return {
      type: { name: 'string', parameters: [length], array: 0 },
      loss: `a key takes no text without a length, so ${length} characters at most`,
    }
  }
  if (type.name === 'string' && size === undefined) return { type: { ...type, name: 'text' } }
  if (type.name === 'string' && size !== undefined && keyCharacters !== undefined && size > keyCharacters)
    return { type: { ...type, parameters: [keyCharacters] }, loss: `a key has room for ${keyCharacters} characters` }
  if (type.name === 'string' && size !== undefined && size > LONGEST)
    return { type: { name: 'text', parameters: [], array: 0 }, loss: 'the length is not checked' }
  // Longer than char(255) there is none.
  if (type.name === 'char' && size !== undefined && size > 255) return { type: { ...type, name: 'string' } }
  if (type.name === 'binary' && keyCharacters !== undefined && (size === undefined || size > keyCharacters * 4)) {
    const length = Math.min(ROOM, keyCharacters * 4)
    return { type: { ...type, parameters: [length] }, loss: `a key takes no bytes without a length, so ${length} bytes at most` }
  }
  if (type.name === 'binary' && size !== undefined && size > LONGEST)
    return { type: { ...type, parameters: [] }, loss: 'the length is not checked' }
  if (type.name === 'decimal' && size === undefined)
    return { type: { ...type, parameters: [65, 30] }, loss: 'at most 35 digits before the point and 30 after it' }
  if (type.name === 'decimal' && (size ?? 0) > 65)
    return { type: { ...type, parameters: [65, Math.min(30, type.parameters[1] ?? 0)] }, loss: 'at most 65 digits' }
  return { type }
}
