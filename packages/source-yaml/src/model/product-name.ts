import type { Model } from './model.ts'

const products = { postgres: 'PostgreSQL', mysql: 'MySQL', mariadb: 'MariaDB', sqlite: 'SQLite' } as const

/** The database's name for people. */
export const productName = (kind: Model['kind']): string => products[kind]
