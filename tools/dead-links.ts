import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Relative links of a Markdown file that lead to no file. Code blocks hold no links. */
export function deadLinks(root: string, path: string, text: string): readonly string[] {
  const prose = text.replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, '').replaceAll(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] ?? '')
    .filter((link) => !/^([a-z]+:|#)/i.test(link))
    .filter((link) => !existsSync(join(root, dirname(path), decodeURI(link.replace(/#.*$/, '')))))
    .map((link) => `${path} links to ${link}, which is not there`)
}
