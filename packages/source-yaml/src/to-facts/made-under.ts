import { didYouMean } from '../errors/did-you-mean.ts'
import type { Placed } from '../model/model.ts'
import { SQL_MODES } from '../schema/sql-modes.ts'
import type { Emitter } from './emitter.ts'

interface Settings {
  readonly sqlMode?: readonly string[] | undefined
  readonly collation?: string | undefined
  readonly timeZone?: string | undefined
}

/** The settings under which a routine or trigger is made: MySQL and MariaDB keep them with it, the others have none. */
export function madeUnder(
  { model }: Emitter,
  { name, source, path }: Placed,
  { sqlMode, collation, timeZone }: Settings,
): { readonly sqlMode?: readonly string[]; readonly collation?: string; readonly timeZone?: string } {
  const { kind } = model
  if (kind !== 'mysql' && kind !== 'mariadb') {
    for (const [key, value] of Object.entries({ sqlMode, collation, timeZone }))
      if (value !== undefined)
        model.report.warning(
          'YAMA_ENTITY_NOT_CARRIED',
          { what: `\`${key}\` of ${name}`, fix: 'Only MySQL and MariaDB keep it; give them an entry of their own with `only:`.' },
          source.keyAt([...path, key]),
        )
    return {}
  }
  for (const [at, mode] of (sqlMode ?? []).entries())
    if (!SQL_MODES[kind].some((known) => known === mode))
      model.report.error(
        'YAMA_ENTITY_VALUE',
        { where: `\`sqlMode\` of ${name}`, value: mode, fix: didYouMean(mode, SQL_MODES[kind], `The other server has that mode.`) },
        source.at([...path, 'sqlMode', at]),
      )
  return {
    ...(sqlMode === undefined ? {} : { sqlMode }),
    ...(collation === undefined ? {} : { collation }),
    ...(timeZone === undefined ? {} : { timeZone }),
  }
}
