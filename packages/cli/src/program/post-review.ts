import { readFile } from 'node:fs/promises'
import { toDiagnostic, YamaError, type Diagnostic } from '@yama/core'
import type { PostedComment, ReviewDocument } from '@yama/review'
import { exitCode } from '../output/exit-code.ts'
import type { CliContext } from './cli-context.ts'

export interface PostedReview {
  readonly posted?: PostedComment
  /** Set where it failed; the document is written all the same. */
  readonly exitCode?: number
  readonly diagnostics: readonly Diagnostic[]
}

/** Writes the document to the pull request, where that is asked for. */
export async function postReview(
  context: CliContext,
  document: ReviewDocument,
  asked: unknown,
  files: readonly { readonly format: string; readonly file: string }[],
): Promise<PostedReview> {
  if (asked === undefined || asked === false) return { diagnostics: [] }
  const { commentMarker, commentTarget, commentText, upsertComment } = await import('@yama/review')
  const { variables } = await context.project()
  try {
    const target = commentTarget(variables, asked === 'github' || asked === 'gitlab' ? asked : undefined, await eventOf(variables))
    const file = ['markdown', 'html'].flatMap((format) => files.filter((each) => each.format === format)).at(0)?.file
    const places = { ...(file === undefined ? {} : { file }), ...(target.job === undefined ? {} : { job: target.job }) }
    const text = commentText(document, target.system, places)
    const posted = await upsertComment(target, commentMarker(document.project), text, { signal: context.signal })
    context.note(`comment ${posted.done}${posted.url === undefined ? '' : `: ${posted.url}`}`)
    return { posted, diagnostics: [] }
  } catch (error) {
    if (!YamaError.is(error)) throw error
    return { exitCode: await exitCode(error), diagnostics: [toDiagnostic(error, 'error')] }
  }
}

async function eventOf(variables: Readonly<Record<string, string | undefined>>): Promise<string | undefined> {
  const path = variables['GITHUB_EVENT_PATH']
  if (path === undefined || path === '') return undefined
  try {
    return await readFile(path, 'utf8')
  } catch {
    // The reference may say it all the same; where nothing does, that is told.
    return undefined
  }
}
