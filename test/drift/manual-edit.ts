/** What somebody did at a prompt, and how it is to be named: `+ index posts.posts_body`. */
export interface ManualEdit {
  readonly sql: readonly string[]
  readonly found: readonly string[]
  /** Part of the change that is adopted as a whole. */
  readonly adopted?: true
}
