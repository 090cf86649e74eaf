import { canonicalJson, sha256Hex } from '@yama/core'
import type { AuthoringProject } from '../project/authoring-project.ts'

/** Format of cached facts; a change of the model changes it, so that no old file is believed. */
const CACHE_FORMAT = 1

/** Names cached facts by everything that decides them: what was run, where, and what was looked at. */
export function cacheKey(purpose: 'history' | 'entities', project: AuthoringProject, inputs: readonly string[]): string {
  const { scratch, scope, dialect } = project
  const context = {
    format: CACHE_FORMAT,
    purpose,
    kind: dialect.kind,
    major: scratch.major ?? 0,
    devUrl: scratch.devUrl !== undefined,
    setup: scratch.setup,
    scope: { ...scope },
  }
  return `${purpose}-${sha256Hex(canonicalJson({ context, inputs })).slice(0, 32)}`
}
