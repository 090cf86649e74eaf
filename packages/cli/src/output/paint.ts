import pc from 'picocolors'

export type Paint = ReturnType<typeof pc.createColors>

/** Colours, or their absence. */
export const paint = (enabled: boolean): Paint => pc.createColors(enabled)
