import type { Action } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { describeWayBack } from './describe-way-back.ts'
import { toldActions } from './told-actions.ts'

const action = (title: string, more: Partial<Action> = {}): Action => ({
  sql: title,
  title,
  produces: [],
  consumes: [],
  destroys: [],
  releases: [],
  lock: 'EXCLUSIVE',
  rewrite: false,
  transaction: 'any',
  loss: 'none',
  reversibility: 'lossless',
  because: { fact: 'table:t', change: 'alter' },
  ...more,
})

describe('changes as they are told', () => {
  it('a rebuild is one, with the worst class and the loss of any of its statements; switches of the session are none', () => {
    const lossy = { loss: 'certain', loses: 'column a', reversibility: 'lossy' } as const
    const told = toldActions([
      action('off', { sql: 'PRAGMA foreign_keys = OFF' }),
      action('add b'),
      action('rebuild t', { together: 'rebuild t' }),
      action('drop the old t', { together: 'rebuild t', ...lossy }),
      action('put it back', { together: 'rebuild t' }),
      action('add b'),
    ])
    expect(told.map(({ action: { title }, reversibility, loss, loses }) => [title, reversibility, loss, loses])).toEqual([
      ['add b', 'lossless', 'none', undefined],
      ['rebuild t', 'lossy', 'certain', 'column a'],
      ['add b', 'lossless', 'none', undefined],
    ])
  })
})

describe('the words above Down', () => {
  it('tell what comes back, and that Down itself removes what came since', () => {
    expect(describeWayBack('lossless', { actions: [action('drop index')] })).toBe(
      'Way back: lossless. What was there before Up comes back.',
    )
    const down = { actions: [action('drop column', { loss: 'certain' })] }
    expect(describeWayBack('lossless', down)).toMatch(/comes back\. What was written since goes/)
    expect(describeWayBack('lossy', down)).toMatch(/not the data that Up removed\. What was written since goes/)
    expect(describeWayBack('lossless', { actions: [] })).toMatch(/nothing to undo/)
    expect(describeWayBack('irreversible', down)).toMatch(/no way back/)
  })
})
