import type { Strategy } from '@yama/schema'
import { rebuildTable } from './rebuild-table.ts'

export const strategies: readonly Strategy[] = [rebuildTable]
