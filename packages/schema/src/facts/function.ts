import type { KindFile } from './kind-file.ts'

/** A function, procedure, aggregate or window function; on MySQL and MariaDB also an event, a routine that the server runs by the clock. Its fact name carries its argument types: `add(integer, integer)`; on MySQL and MariaDB, where a function, a procedure and an event may have one name, what it is: `add(procedure)`. */
export interface FunctionPayload {
  readonly type: 'function' | 'procedure' | 'aggregate' | 'window' | 'event'
  /** Without the arguments. */
  readonly name: string
  /** What tells it from others of its name, as `DROP FUNCTION` takes it. */
  readonly arguments: string
  /** The whole statement that makes it, as the server prints it; in desired facts, as written. */
  readonly definition: string
  /** What a replacement in place cannot change: names of parameters and the result. Only where the server says so. */
  readonly outline?: string
  /** How many parameters have a default; a replacement in place cannot take one away. */
  readonly defaults?: number
  readonly language?: string
  /** MySQL and MariaDB, where it is not that of the session: what it was made under and is read with. Empty for none. */
  readonly sqlMode?: readonly string[]
  /** MySQL and MariaDB, where it is not that of the session: of the texts in its body. */
  readonly collation?: string
  /** Of an event of MySQL and MariaDB, where it is not that of the session. */
  readonly timeZone?: string
  readonly comment?: string
}

export const functionKind: KindFile<'function'> = {
  rename({ payload, dependsOn }, names) {
    const definition = names.text(payload.definition, dependsOn)
    return definition === payload.definition ? payload : { ...payload, definition }
  },
  mentions: () => [],
  check: () => [],
}
