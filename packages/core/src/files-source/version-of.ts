/**
 * The number a name begins with, its place in natural order: `20261120093000_create_users` → `20261120093000`. Dates
 * written with hyphens count as one number, as Diesel has them: `2017-09-23-182408_x` → `20170923182408`.
 */
export function versionOf(name: string): string {
  const dated = /^(\d{4})-(\d\d)-(\d\d)(?:-(\d{6}))?(?!\d)/.exec(name)
  if (dated !== null) return dated.slice(1).join('')
  return /^\d+/.exec(name)?.[0] ?? ''
}
