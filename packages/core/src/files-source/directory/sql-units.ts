import type { DatabaseKind } from '../../contract/dialect.ts'
import { versionOf } from '../version-of.ts'
import { type SqlFileName, sqlFileName } from './file-name.ts'

/** The SQL files of one migration in one directory, by name. */
export interface SqlUnit {
  readonly base: string
  up?: string
  down?: string
  /** From `.autocommit` in the name. */
  none: boolean
}

interface Named extends SqlFileName {
  readonly file: string
}

const UNDERSCORED = /^(.+)_(up|down)$/i

/** `0021_x_up.sql` and `0021_x_down.sql`, where both are there. */
const withUnderscore = (named: Named, all: ReadonlySet<string>): Named => {
  const found = named.direction === undefined ? UNDERSCORED.exec(named.base) : null
  if (found === null) return named
  const direction = found[2]!.toLowerCase() === 'up' ? 'up' : 'down'
  const other = named.file.replace(/_(up|down)\.sql$/i, direction === 'up' ? '_down.sql' : '_up.sql')
  return all.has(other) ? { ...named, base: found[1]!, direction } : named
}

/**
 * Groups the SQL files of a directory: `x.up.sql` and `x.down.sql` are one migration, a file for this database wins over
 * one for all, files for other databases are not looked at. An up and a down left alone with the same number belong
 * together although their words differ, as golang-migrate has it.
 */
export function sqlUnits(
  files: readonly string[],
  kind: DatabaseKind,
): { readonly units: readonly SqlUnit[]; readonly alone: readonly string[] } {
  const all = new Set(files)
  const best = new Map<string, Named>()
  for (const file of files) {
    const named = withUnderscore({ ...sqlFileName(file, kind), file }, all)
    if (named.rank === -1) continue
    const slot = `${named.base}\n${named.direction ?? ''}`
    const other = best.get(slot)
    if (other === undefined || (named.rank ?? 9) < (other.rank ?? 9)) best.set(slot, named)
  }
  const units = new Map<string, SqlUnit>()
  const single: SqlUnit[] = []
  for (const { base, direction, file, none } of best.values()) {
    if (direction === undefined) {
      single.push({ base, up: file, none })
      continue
    }
    const unit = units.get(base) ?? { base, none: false }
    unit[direction] = file
    unit.none ||= none
    units.set(base, unit)
  }
  const alone = joinByVersion([...units.values()])
  return { units: [...single, ...[...units.values()].filter((unit) => unit.up !== undefined)], alone }
}

const joinByVersion = (units: readonly SqlUnit[]): readonly string[] => {
  const upAlone = new Map<string, SqlUnit[]>()
  for (const unit of units) {
    if (unit.up === undefined || unit.down !== undefined) continue
    const version = versionOf(unit.base)
    upAlone.set(version, [...(upAlone.get(version) ?? []), unit])
  }
  const alone: string[] = []
  for (const unit of units) {
    if (unit.up !== undefined || unit.down === undefined) continue
    const version = versionOf(unit.base)
    const candidates = version === '' ? [] : (upAlone.get(version) ?? [])
    if (candidates.length === 1 && candidates[0]!.down === undefined) candidates[0]!.down = unit.down
    else alone.push(unit.down)
  }
  return alone
}
