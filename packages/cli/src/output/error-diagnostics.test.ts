import { batchFailure } from '@yama/core'
import { expect, test } from 'vitest'
import { asYamaError } from './error-diagnostics.ts'

const ofServer = Object.assign(new Error('canceling statement due to statement timeout'), { isServerFailure: true, code: '57014' })
const ofFile = Object.assign(new Error('database disk image is malformed'), { name: 'SqliteError', code: 'SQLITE_CORRUPT' })

test('what a database says to a statement of Yama has a code of its own', () => {
  expect(asYamaError(ofServer)).toMatchObject({
    code: 'YAMA_DATABASE_FAILED',
    message: expect.stringContaining('statement timeout') as unknown,
  })
  expect(asYamaError(batchFailure(2, ofServer))).toMatchObject({
    code: 'YAMA_DATABASE_FAILED',
    message: expect.stringContaining('statement timeout') as unknown,
  })
  expect(asYamaError(ofFile)).toMatchObject({ code: 'YAMA_DATABASE_FAILED', message: expect.stringContaining('malformed') as unknown })
  expect(asYamaError(new TypeError('x is not a function'))).toMatchObject({ code: 'YAMA_INTERNAL' })
})

test('a directory that is not there is told with its path', () => {
  const open = Object.assign(new Error('ENOENT: no such file or directory'), { code: 'ENOENT', syscall: 'open', path: 'out/p.json' })
  expect(asYamaError(open)).toMatchObject({ code: 'YAMA_FILE_ACCESS', message: expect.stringContaining('does not exist') as unknown })
  expect(asYamaError({ ...open })).toMatchObject({ code: 'YAMA_INTERNAL' })
})

test('a full disk asks for space, also where Node does not say of which file', () => {
  const write = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' })
  for (const error of [write, Object.assign(write, { path: 'plan.json' })])
    expect(asYamaError(error)).toMatchObject({ code: 'YAMA_FILE_ACCESS', hint: expect.stringContaining('Free space') as unknown })
})
