/**
 * How far a statement that is replayed may go: into its throw-away `database`, whose server others use; over a whole `server` that is thrown away with it; or,
 * where the user said so (`ScratchOptions.outside`), to `anything`.
 */
export type ScratchReach = 'database' | 'server' | 'anything'

/** Where statements of migrations are run instead of where they are meant for. */
export interface ThrowAway {
  /** Its own name. */
  readonly database: string
  /** The one that the migrations are for; empty or undefined where none is known. */
  readonly target: string | undefined
  readonly reach: ScratchReach
}
