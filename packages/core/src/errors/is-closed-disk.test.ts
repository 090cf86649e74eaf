import { expect, it } from 'vitest'
import { isClosedDisk } from './is-closed-disk.ts'

it.each([
  [Object.assign(new Error('read-only'), { code: 'EROFS' }), true],
  [Object.assign(new Error('no directory'), { code: 'ENOENT' }), true],
  [Object.assign(new Error('broken'), { code: 'EIO' }), false],
  [new Error('EROFS'), false],
  [undefined, false],
])('%s: %s', (error, closed) => {
  expect(isClosedDisk(error)).toBe(closed)
})
