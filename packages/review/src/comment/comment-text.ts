import type { ReviewDocument } from '../contract/review-document.ts'
import { markdown, type MarkdownDetail } from '../formats/markdown.ts'
import type { CommentSystem } from './comment-target.ts'

/** Characters of a comment, with room for the marker: 65,536 on GitHub, 1,000,000 on GitLab. */
const LIMITS = { github: 65_000, gitlab: 990_000 } as const satisfies Record<CommentSystem, number>

/** From nearly everything to the least that is of use. */
const DETAILS: readonly MarkdownDetail[] = [
  { statements: 200, characters: 4000, rows: 200, operations: true, sql: true, diagram: true },
  { statements: 30, characters: 1000, rows: 60, operations: true, sql: true, diagram: true },
  { statements: 5, characters: 300, rows: 30, operations: true, sql: true, diagram: true },
  { statements: 0, characters: 0, rows: 30, operations: true, sql: false, diagram: true },
  { statements: 0, characters: 0, rows: 60, operations: false, sql: false, diagram: true },
  { statements: 0, characters: 0, rows: 10, operations: false, sql: false, diagram: false },
]

export interface CommentPlaces {
  /** The file that has everything. */
  readonly file?: string
  /** The job that keeps it. */
  readonly job?: string
}

/** The document as a comment that the system takes: told in less detail where it is long, and it says so and where the whole is. */
export function commentText(document: ReviewDocument, system: CommentSystem, places: CommentPlaces = {}): string {
  const most = LIMITS[system]
  const whole = markdown(document)
  if (whole.length <= most) return whole
  const note = shortNote(whole.length, places)
  for (const detail of DETAILS) {
    const shorter = markdown(document, detail)
    if (shorter.length + note.length <= most) return `${shorter}${note}`
  }
  // Names of thousands of characters: the beginning, which has the risk and what is lost.
  const least = markdown(document, DETAILS.at(-1))
  return `${least.slice(0, Math.max(0, least.lastIndexOf('\n', most - note.length)))}${note}`
}

function shortNote(length: number, { file, job }: CommentPlaces): string {
  const where = [
    file === undefined ? undefined : `in \`${file.replaceAll('`', "'")}\``,
    job === undefined ? undefined : `with [the job](${job})`,
  ].filter((place) => place !== undefined)
  const whole = where.length === 0 ? 'The whole is what `yama review` prints.' : `The whole is ${where.join(' ')}.`
  return `\n\n---\n**This is shortened:** ${length.toLocaleString('en')} characters do not fit into a comment. ${whole}\n`
}
