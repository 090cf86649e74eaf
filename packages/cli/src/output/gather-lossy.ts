import type { Diagnostic } from '@yama/core'

/** Lossy type mappings as one note: they are no news at every run, and `yama validate` lists them with their places. */
export function gatherLossy(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const lossy = diagnostics.filter(({ code }) => code === 'YAMA_ENTITY_LOSSY')
  const others = diagnostics.filter(({ code }) => code !== 'YAMA_ENTITY_LOSSY')
  if (lossy.length === 0) return others
  const message = `${lossy.length} field(s) have a type that this database stores less exactly.`
  return [...others, { code: 'YAMA_ENTITY_LOSSY', severity: 'info', message, hint: '`yama validate` lists them.' }]
}
