import type { DescribedFailure, FailureKind } from '@yama/core'

/** An error as a driver would throw it: with a kind and, for syntax, the place. */
export interface FakeFailure extends Error {
  readonly fakeKind: FailureKind
  readonly offset?: number
}

export function fakeFailure(kind: FailureKind, message: string, offset?: number): FakeFailure {
  return Object.assign(new Error(message), { fakeKind: kind, ...(offset === undefined ? {} : { offset }) })
}

export function describeFakeFailure(error: unknown): DescribedFailure {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof Error && error.name === 'AbortError') return { kind: 'cancelled', message }
  if (typeof error !== 'object' || error === null || !('fakeKind' in error)) return { kind: 'other', message }
  const { fakeKind, offset } = error as FakeFailure
  return { kind: fakeKind, message, code: fakeKind.toUpperCase(), ...(offset === undefined ? {} : { offset }) }
}
