import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { paint } from './paint.ts'
import { sourceFrame } from './source-frame.ts'

it('shows a line of a file, and waits for no pipe', () => {
  const root = mkdtempSync(join(tmpdir(), 'yama-frame-'))
  try {
    writeFileSync(join(root, 'a.sql'), 'SELECT 1;\nSELEC 2;\n')
    const at = (file: string): string | undefined => sourceFrame({ file, line: 2, column: 1 }, root, paint(false))
    expect(at('a.sql')).toBe('2 | SELEC 2;\n  | ^')
    expect(at('gone.sql')).toBeUndefined()
    if (process.platform !== 'win32') execFileSync('sh', ['-c', 'mkfifo "$0"', join(root, 'pipe.sql')])
    expect(at('pipe.sql')).toBeUndefined()
  } finally {
    rmSync(root, { recursive: true })
  }
})
