/**
 * A user without a host is a local one, mostly on a socket; the URL standard does not take that, and gets its name.
 *
 * @example standardUrl('postgres://me@/app?host=/run') // 'postgres://me@localhost/app?host=/run'
 */
export const standardUrl = (text: string): string => text.replace(/^(\w+:\/\/[^/?#]*@)(?=[/?]|$)/, '$1localhost')
