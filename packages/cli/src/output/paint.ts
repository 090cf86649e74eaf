import { loadCommonjs } from '../program/load-commonjs.ts'

const pc = loadCommonjs('picocolors') as typeof import('picocolors')

export type Paint = ReturnType<typeof pc.createColors>

/** Colours, or their absence. */
export const paint = (enabled: boolean): Paint => pc.createColors(enabled)
