import type { OrdinaryTarget, Target } from '../contract/plan.ts'

export type DownTarget = Extract<OrdinaryTarget, { readonly down: number } | { readonly downTo: string } | { readonly downRun: string }>

/** True for a target that reverts. */
export const isDown = (target: Target): target is DownTarget => 'down' in target || 'downTo' in target || 'downRun' in target
