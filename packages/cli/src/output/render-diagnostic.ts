import type { Diagnostic } from '@yama/core'
import type { Paint } from './paint.ts'
import { sourceFrame } from './source-frame.ts'

const labels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Diagnostic['severity'], string>

/** A finding for people: place, sentence, line with caret, next step. */
export function renderDiagnostic(diagnostic: Diagnostic, root: string, color: Paint): string {
  const { position } = diagnostic
  const tint = diagnostic.severity === 'error' ? color.red : diagnostic.severity === 'warning' ? color.yellow : color.cyan
  const place = position === undefined ? [] : [color.dim(`  at ${position.file}:${position.line}:${position.column}`)]
  const frame = position === undefined ? undefined : sourceFrame(position, root, color)
  return [
    `${tint(`${labels[diagnostic.severity]} ${diagnostic.code}`)}: ${diagnostic.message}`,
    ...place,
    ...(frame === undefined ? [] : [frame.replaceAll(/^/gm, '  ')]),
    ...(diagnostic.hint === undefined ? [] : [`  ${color.cyan('next:')} ${diagnostic.hint}`]),
  ].join('\n')
}
