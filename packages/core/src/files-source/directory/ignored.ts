const ignoredFiles =
  /^\.|^readme|^licen[cs]e|\.(?:md|mdx|txt|json|toml|sum|lock|map|bak|orig|rej|swp)$|~$|\.d\.[cm]?ts$|\.(?:test|spec)\.[cm]?[jt]s$|^(?:seeds?|verify)\.sql$/i
const ignoredDirectories = /^\.|^(?:archive|hooks|meta|node_modules|repeatable|seeds?|__tests__|tests?)$/i

/** What stands beside migrations and is none: readmes, journals and snapshots of other tools, seeds, notes. */
export const isIgnoredFile = (name: string): boolean => ignoredFiles.test(name) || !name.includes('.')

/** `archive/` holds what a checkpoint has replaced, `meta/` the snapshots of Drizzle; `hooks/` and `repeatable/` are read by themselves. */
export const isIgnoredDirectory = (name: string): boolean => ignoredDirectories.test(name)
