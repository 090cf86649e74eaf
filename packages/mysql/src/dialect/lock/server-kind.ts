import type { Connection } from '@yama/core'

/** Which of the two answers. */
export const serverKind = ({ server }: Connection): 'mysql' | 'mariadb' => (server.kind === 'mariadb' ? 'mariadb' : 'mysql')
