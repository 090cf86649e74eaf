import type { Connection } from '@yama/core'

/** PL/pgSQL keeps the types of a row's columns with the plans of a trigger, and refuses the trigger once one has another type. */
export async function forgetPlans(connection: Connection): Promise<void> {
  await connection.execute('DISCARD PLANS')
}
