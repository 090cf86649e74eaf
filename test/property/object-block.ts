/**
 * An object in several versions, each a script; `''` where it is not there. Later blocks may name what earlier ones make: of a block that `needs`
 * others nothing is made while one of those is not there.
 */
export interface ObjectBlock {
  readonly name: string
  readonly versions: readonly string[]
  readonly needs?: readonly string[]
}
