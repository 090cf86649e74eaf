import type { KindFile } from './kind-file.ts'

/**
 * The role that owns an object. Its parent is the object (none for the schema `public`). It is compared only where entities state it: elsewhere an
 * object belongs to whoever made it.
 */
export interface OwnerPayload {
  /** Referred to, never made. */
  readonly role: string
}

export const ownerKind: KindFile<'owner'> = {
  rename: ({ payload }) => payload,
  mentions: () => [],
  check: () => [],
}
