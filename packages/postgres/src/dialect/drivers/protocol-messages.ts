const text = new TextEncoder()

/** One message: type byte, length, body. */
function message(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const out = new Uint8Array(length + 5)
  out[0] = type.charCodeAt(0)
  new DataView(out.buffer).setInt32(1, length + 4)
  let at = 5
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

const cstring = (value: string): Uint8Array => text.encode(`${value}\0`)
const int16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 255)
const int32 = (value: number): Uint8Array => Uint8Array.of((value >> 24) & 255, (value >> 16) & 255, (value >> 8) & 255, value & 255)

function parameter(value: string | null): readonly Uint8Array[] {
  if (value === null) return [int32(-1)]
  const bytes = text.encode(value)
  return [int32(bytes.length), bytes]
}

/** A simple query. */
export function queryMessage(sql: string): Uint8Array {
  return message('Q', cstring(sql))
}

/** Parse, Bind, Describe, Execute and Sync of the unnamed statement in one piece; all values and results as text. */
export function extendedMessages(sql: string, parameters: readonly (string | null)[]): Uint8Array {
  const parts = [
    message('P', cstring(''), cstring(sql), int16(0)),
    message('B', cstring(''), cstring(''), int16(0), int16(parameters.length), ...parameters.flatMap(parameter), int16(0)),
    message('D', text.encode('P'), cstring('')),
    message('E', cstring(''), int32(0)),
    message('S'),
  ]
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
