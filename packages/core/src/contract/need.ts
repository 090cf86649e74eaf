import type { DatabaseKind } from './dialect.ts'

export type Comparison = '=' | '!=' | '>=' | '<=' | '>' | '<'

/** What must be there before anything runs; `text` is how it was written. */
export type Need =
  | {
      readonly kind: 'server'
      readonly text: string
      /** `server` for whatever database it is; a need of another database is none. */
      readonly server: DatabaseKind | 'server'
      readonly comparison: Comparison
      readonly version: string
    }
  /** Installed, or there to be installed. */
  | { readonly kind: 'extension'; readonly text: string; readonly name: string }
  /** Of the database, where neither schema nor table is named. */
  | { readonly kind: 'privilege'; readonly text: string; readonly name: string; readonly schema?: string; readonly table?: string }
  | { readonly kind: 'setting'; readonly text: string; readonly name: string; readonly comparison: Comparison; readonly value: string }
  /** A program on the PATH where the run is started. */
  | { readonly kind: 'tool'; readonly text: string; readonly name: string }
  /** An environment variable that is set there, and not empty. */
  | { readonly kind: 'env'; readonly text: string; readonly name: string }

/** Needs that the place where the run is started answers. */
export type LocalNeed = Extract<Need, { readonly kind: 'tool' | 'env' }>
/** Needs that a dialect answers; core knows the version of the server itself. */
export type AskedNeed = Exclude<Need, LocalNeed | { readonly kind: 'server' }>

/** Whether it is there; for a setting its value, undefined where there is no such setting. For the rest, what is found instead, in words. */
export type NeedAnswer =
  | { readonly kind: 'value'; readonly value: string | undefined }
  | { readonly kind: 'met' }
  | { readonly kind: 'missing'; readonly found: string }
