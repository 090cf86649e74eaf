/** One line of a CODEOWNERS file. */
export interface CodeOwnersRule {
  readonly pattern: string
  readonly owners: readonly string[]
  /** GitLab: the section it stands in; each section has owners of its own. */
  readonly section: string
  /** GitLab: nobody of an optional section has to agree. */
  readonly optional: boolean
}

const SECTION = /^(\^)?\[([^\]]+)\](?:\[\d+\])?\s*(.*)$/

/** Reads a CODEOWNERS file as GitHub and GitLab do: comments, escaped spaces, sections with owners of their own. */
export function readCodeOwners(text: string): readonly CodeOwnersRule[] {
  const rules: CodeOwnersRule[] = []
  let section = ''
  let optional = false
  let preset: readonly string[] = []
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/(^|\s)#.*$/, '').trim()
    if (line === '') continue
    const begin = SECTION.exec(line)
    if (begin !== null) {
      optional = begin[1] !== undefined
      section = (begin[2] ?? '').toLowerCase()
      preset = words(begin[3] ?? '')
      continue
    }
    const [pattern = '', ...owners] = words(line)
    // Negated patterns mean nothing there.
    if (pattern.startsWith('!')) continue
    rules.push({ pattern, owners: owners.length === 0 ? preset : owners, section, optional })
  }
  return rules
}

const words = (line: string): readonly string[] =>
  line
    .split(/(?<!\\)\s+/)
    .filter((word) => word !== '')
    .map((word) => word.replaceAll('\\ ', ' '))

/**
 * Who owns a file: of each section the last line that fits. A line without owners means nobody. `path` is relative to the repository.
 *
 * @example codeOwnersOf(readCodeOwners('*.sql @dba'), 'migrations/001_a.sql') // [['@dba']]
 */
export function codeOwnersOf(rules: readonly CodeOwnersRule[], path: string): readonly (readonly string[])[] {
  const bySection = new Map<string, CodeOwnersRule>()
  for (const rule of rules) if (matcher(rule.pattern).test(path)) bySection.set(rule.section, rule)
  return [...bySection.values()].filter(({ owners, optional }) => owners.length > 0 && !optional).map(({ owners }) => owners)
}

/** Not gitignore's rules: `docs/*` does not reach below `docs`, and there are no ranges. */
function matcher(pattern: string): RegExp {
  const anchored = pattern.slice(0, -1).includes('/')
  const body = pattern.replace(/^\//, '')
  const source = body
    .split('/')
    .filter((part, at, all) => part !== '' || at < all.length - 1)
    .map((part) => (part === '**' ? '**' : escape(part)))
    .join('/')
    .replaceAll('**/', '(?:.*/)?')
    .replace(/(^|\/)\*\*$/, '$1.*')
  // A name is a file or a directory with everything in it; what ends in `*` is files.
  const end = body.endsWith('/') ? '/.*' : /(^|\/)\*$/.test(body) && body !== '*' ? '' : '(?:/.*)?'
  return new RegExp(`^${anchored ? '' : '(?:.*/)?'}${source}${end}$`)
}

const escape = (part: string): string =>
  part
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
