import type { SqlStep, StatementSecret } from '../contract/migration.ts'

/** Sends a statement with its secrets filled in; they are taken out of whatever the server says about it. */
export async function sendSql<T>({ text, secret }: Pick<SqlStep, 'text' | 'secret'>, send: (sql: string) => Promise<T>): Promise<T> {
  if (secret === undefined) return await send(text)
  const sql = await secret.text()
  try {
    return await send(sql)
  } catch (error) {
    throw hidden(error, secret, 3)
  }
}

/** In place, because what recognises a driver's error looks at the object itself. */
function hidden(error: unknown, secret: StatementSecret, depth: number): unknown {
  if (typeof error !== 'object' || error === null || depth === 0) return error
  for (const key of Object.getOwnPropertyNames(error)) {
    const value: unknown = Reflect.get(error, key)
    if (typeof value === 'string') Reflect.set(error, key, secret.hide(value))
    else hidden(value, secret, depth - 1)
  }
  return error
}
