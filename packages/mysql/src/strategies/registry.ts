import type { Strategy } from '@yama/schema'
import { alterTable } from './alter-table.ts'

export const strategies: readonly Strategy[] = [alterTable]
