import type { Word } from './words.ts'

/** With these it matters which of several rows comes first. */
const ORDERED = new Set([
  'LIMIT',
  'OVER',
  'GROUP_CONCAT',
  'STRING_AGG',
  'JSON_ARRAYAGG',
  'JSON_OBJECTAGG',
  'JSON_GROUP_ARRAY',
  'JSON_GROUP_OBJECT',
  'JSONB_GROUP_ARRAY',
  'JSONB_GROUP_OBJECT',
  'IGNORE',
  'REPLACE',
  'CONFLICT',
  'DUPLICATE',
])

/** Whether what is done may differ with the order in which rows are found. */
export const isOrdered = (words: readonly Word[]): boolean => words.some(({ text, kind }) => kind === 'word' && ORDERED.has(text))
