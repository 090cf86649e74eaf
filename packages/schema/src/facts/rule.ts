import type { KindFile } from './kind-file.ts'

/** A rewrite rule of a table or view; the one that makes a view a view is part of the view. */
export interface RulePayload {
  /** The whole statement that makes it, as the server prints it; in desired facts, as written. */
  readonly definition: string
  readonly enabled?: 'disabled' | 'replica' | 'always'
  readonly comment?: string
}

export const ruleKind: KindFile<'rule'> = {
  rename({ payload, parent, dependsOn }, names) {
    const definition = names.text(payload.definition, parent === undefined ? dependsOn : [parent, ...dependsOn])
    return definition === payload.definition ? payload : { ...payload, definition }
  },
  mentions: () => [],
  check: () => [],
}
