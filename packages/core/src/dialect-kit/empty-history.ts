import { CHAIN_START, HISTORY_FORMAT, type HistoryState } from '../contract/history.ts'

/** What is read where there is no history yet. */
export const EMPTY_HISTORY: Omit<HistoryState, 'now'> = Object.freeze({
  exists: false,
  databaseId: '',
  environment: undefined,
  format: HISTORY_FORMAT,
  chainSeq: 0,
  chainHead: CHAIN_START,
  migrations: [],
  openSteps: [],
})
