import type { DatabaseKind } from '../../contract/dialect.ts'
import type { SqlStep } from '../../contract/migration.ts'
import { closestName } from '../../errors/closest-name.ts'
import { coreErrors } from '../../errors/errors.ts'
import { statementPosition } from '../../errors/statement-position.ts'
import type { YamaError } from '../../errors/yama-error.ts'
import { findPlaceholders, type Quoted } from './find-placeholders.ts'
import { maskSecret } from './mask-secret.ts'
import type { PlaceholderOptions, PlaceholderValue } from './placeholder-options.ts'

/** The step with its placeholders filled in, and one error for each that nobody declared. Secrets stay placeholders in its text. */
export function fillStatement(
  step: SqlStep,
  kind: DatabaseKind,
  { values, inBodies = false }: PlaceholderOptions,
  problems: YamaError[],
): SqlStep {
  const found = findPlaceholders(step.text, kind, inBodies)
  if (found.length === 0) return step
  const secrets = new Map<string, () => Promise<string>>()
  const parts: Part[] = []
  let from = 0
  for (const { start, end, name, escaped, within } of found) {
    parts.push(step.text.slice(from, start))
    from = end
    const value: PlaceholderValue | undefined = Object.hasOwn(values, name) ? values[name] : undefined
    if (escaped) parts.push(`\${${name}}`)
    else if (value === undefined) problems.push(unknown(step, name, start, Object.keys(values)))
    else if (typeof value === 'object') {
      secrets.set(name, value.secret)
      parts.push({ name, within })
    } else parts.push(String(value))
  }
  parts.push(step.text.slice(from))
  const shown = parts.map((part) => (typeof part === 'string' ? part : `\${${part.name}}`)).join('')
  return secrets.size === 0 ? { ...step, text: shown } : { ...step, text: shown, secret: hidden(parts, secrets) }
}

/** Text, or a secret that is not read yet. */
type Part = string | { readonly name: string; readonly within: Quoted | undefined }

/** A secret is one value, whatever is in it: it does not end the text that it stands in. */
function inside(value: string, within: Quoted | undefined): string {
  if (within === undefined) return value
  const { quote, backslash } = within
  return (backslash ? value.replaceAll('\\', '\\\\') : value).replaceAll(quote, quote + quote)
}

/** Reads the secrets when the statement is sent, and takes them out of what the server says about it. */
function hidden(parts: readonly Part[], secrets: ReadonlyMap<string, () => Promise<string>>): NonNullable<SqlStep['secret']> {
  const known = new Map<string, string>()
  const sent = ({ name, within }: Exclude<Part, string>): string => inside(known.get(name) ?? '', within)
  return {
    text: async () => {
      for (const [name, read] of secrets) if (!known.has(name)) known.set(name, await read())
      return parts.map((part) => (typeof part === 'string' ? part : sent(part))).join('')
    },
    hide: (message) => {
      let text = message
      for (const part of parts) if (typeof part !== 'string') text = maskSecret(text, sent(part), `\${${part.name}}`)
      for (const [name, value] of known) text = maskSecret(text, value, `\${${name}}`)
      return text
    },
  }
}

function unknown(step: SqlStep, name: string, offset: number, known: readonly string[]): YamaError {
  const near = closestName(name, known)
  return coreErrors.YAMA_PLACEHOLDER_UNKNOWN(
    {
      placeholder: `\${${name}}`,
      suggestion: near === undefined ? '' : ` Did you mean \${${near}}?`,
      known: known.length === 0 ? 'none' : known.join(', '),
    },
    { position: statementPosition(step.position, step.text, offset) },
  )
}
