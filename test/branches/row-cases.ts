import type { BranchCase } from './branch-case.ts'
import { apartCases } from './rows/apart.ts'
import { besideCases } from './rows/beside.ts'
import { followingCases } from './rows/following.ts'
import { meetingCases } from './rows/meeting.ts'

/*
 * Rows that never meet, and rows that only seem not to: what may be told from the statements, and what may not.
 */

export const rowCases: readonly BranchCase[] = [...apartCases, ...meetingCases, ...followingCases, ...besideCases]
