import type { Strategy } from '@yama/schema'
import { alterTable } from './alter-table.ts'
import { zeroDates } from './zero-dates.ts'

export const strategies: readonly Strategy[] = [alterTable, zeroDates]
