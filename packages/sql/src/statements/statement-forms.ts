import type { Word } from './significant-tokens.ts'

interface Part {
  readonly choices: readonly string[]
  readonly isOptional: boolean
}

/** `CREATE [OR] [REPLACE] {FUNCTION|PROCEDURE}`: `[X]` may be missing, `{A|B}` is one of several. */
const partsOf = (words: string): readonly Part[] =>
  words.split(' ').map((part) => ({ choices: part.replaceAll(/[[\]{}]/g, '').split('|'), isOptional: part.startsWith('[') }))

function endOf(parts: readonly Part[], words: readonly Word[]): number | undefined {
  let at = 0
  for (const { choices, isOptional } of parts) {
    if (choices.includes(words[at]?.text ?? '')) at++
    else if (!isOptional) return undefined
  }
  return at
}

/**
 * The first of some forms of statements whose words a statement begins with, and the index after them; undefined where it begins with none. The first word
 * of a form is never optional.
 *
 * @example statementForms([{ words: 'DROP [TEMPORARY] TABLE' }])(significantTokens('drop table t', lexerRules.mysql))?.after // 2
 */
export function statementForms<F extends { readonly words: string }>(
  forms: readonly F[],
): (words: readonly Word[]) => { readonly form: F; readonly after: number } | undefined {
  // Read at the first question: a command that describes nothing need not pay for it.
  let byFirst: Map<string, { readonly form: F; readonly parts: readonly Part[] }[]> | undefined
  const read = (): NonNullable<typeof byFirst> => {
    const found: NonNullable<typeof byFirst> = new Map()
    for (const form of forms) {
      const parts = partsOf(form.words)
      for (const first of parts[0]?.choices ?? []) found.set(first, [...(found.get(first) ?? []), { form, parts }])
    }
    return found
  }
  return (words) => {
    byFirst ??= read()
    for (const { form, parts } of byFirst.get(words[0]?.text ?? '') ?? []) {
      const after = endOf(parts, words)
      if (after !== undefined) return { form, after }
    }
    return undefined
  }
}
