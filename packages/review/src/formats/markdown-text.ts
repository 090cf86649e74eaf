/**
 * A text that stands in Markdown as what it is: nothing in it is markup, a mention, a reference to an issue or a command of GitLab.
 *
 * @example plain('a*b') // 'a\\*b'
 */
export const plain = (text: string): string =>
  oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|~$]/g, String.raw`\$&`)
    .replace(/^(?:[-+=#]|\d+(?=[.)]))/, String.raw`\$&`)
    // Mentions and references are found in the text that is shown, so a backslash does not help.
    .replaceAll(/[@#!](?=[\p{L}\p{N}])/gu, '$&<!-- -->')
    // Addresses are no links: whoever writes a migration does not choose where a reviewer clicks.
    .replaceAll('://', ':<!-- -->//')
    .replaceAll(/\bwww\./gi, (word) => `${word.slice(0, -1)}<!-- -->.`)

/** A sentence of Yama's: what stands in backticks is code, everything else is `plain`. */
export const prose = (text: string, inTable = false): string =>
  text
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? code(part.slice(1, -1), inTable) : spaced(part)))
    .join('')
    .trim()

/** `plain` with the spaces around it. */
const spaced = (text: string): string => `${/^\s/.test(text) ? ' ' : ''}${plain(text)}${/\S\s+$/.test(text) ? ' ' : ''}`

/** A name or a piece of SQL as code, whatever backticks and bars are in it. `inTable` for a cell, where a bar ends it. */
export function code(text: string, inTable = false): string {
  const shown = oneLine(text)
  if (shown === '') return ''
  const fence = '`'.repeat(longest(shown, /`+/g) + 1)
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  const span = `${fence}${pad}${shown}${pad}${fence}`
  return inTable ? span.replaceAll('|', String.raw`\|`) : span
}

/** A block of code; nothing in it can end it. */
export function codeBlock(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longest(text, /`+/g) + 1))
  return `${fence}${language}\n${text.replaceAll('\r\n', '\n').replaceAll(CONTROL, '\uFFFD')}\n${fence}`
}

// Bidirectional marks make text look other than what it is.
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F\u202A-\u202E\u2066-\u2069]/g

export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll(CONTROL, '\uFFFD').trim()

const longest = (text: string, pattern: RegExp): number => Math.max(0, ...(text.match(pattern) ?? []).map(({ length }) => length))
