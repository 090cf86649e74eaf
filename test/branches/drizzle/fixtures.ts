export const text = 'varchar(50)'
export const users = [`CREATE TABLE users (id int, email ${text})`]
export const t = [`CREATE TABLE t (id int, c ${text})`]
export const many = [
  `CREATE TABLE users (id int NOT NULL, name ${text}, c int, a int, b int)`,
  `INSERT INTO users (id, c, a, b) VALUES (1, 2, 3, 4)`,
]
export const indexed = [...many, `CREATE INDEX ix ON users (c)`]
export const notNull = {
  postgres: ['ALTER TABLE users ALTER COLUMN email SET NOT NULL'],
  mysql: [`ALTER TABLE users MODIFY email ${text} NOT NULL`],
}
export const dropIndex = { postgres: ['DROP INDEX ix'], sqlite: ['DROP INDEX ix'], mysql: ['DROP INDEX ix ON users'] }
export const unique = (name: string, column: string) => ({
  postgres: [`ALTER TABLE users ADD CONSTRAINT ${name} UNIQUE (${column})`],
  mysql: [`ALTER TABLE users ADD CONSTRAINT ${name} UNIQUE (${column})`],
  sqlite: [`CREATE UNIQUE INDEX ${name} ON users (${column})`],
})
export const check = {
  postgres: ['ALTER TABLE users ADD CONSTRAINT ck CHECK (c > 0)'],
  mysql: ['ALTER TABLE users ADD CONSTRAINT ck CHECK (c > 0)'],
}
export const checked = { postgres: [...many, ...check.postgres], mysql: [...many, ...check.mysql] }
export const otherCheck = {
  postgres: ['ALTER TABLE users DROP CONSTRAINT ck', 'ALTER TABLE users ADD CONSTRAINT ck CHECK (c > -5)'],
  mysql: ['ALTER TABLE users DROP CONSTRAINT ck', 'ALTER TABLE users ADD CONSTRAINT ck CHECK (c > -5)'],
}
export const dropCheck = { postgres: ['ALTER TABLE users DROP CONSTRAINT ck'], mysql: ['ALTER TABLE users DROP CONSTRAINT ck'] }
export const keyed = { postgres: [...many, ...unique('uq', 'c').postgres], mysql: [...many, ...unique('uq', 'c').mysql] }
export const otherUnique = {
  postgres: ['ALTER TABLE users DROP CONSTRAINT uq', 'ALTER TABLE users ADD CONSTRAINT uq UNIQUE (c, a)'],
  mysql: ['ALTER TABLE users DROP INDEX uq', 'ALTER TABLE users ADD CONSTRAINT uq UNIQUE (c, a)'],
}
export const people = ['ALTER TABLE users RENAME TO people']
export const drop = ['DROP TABLE users']
export const add = (column: string) => [`ALTER TABLE users ADD COLUMN ${column} int`]
export const dropColumn = (column: string) => [`ALTER TABLE users DROP COLUMN ${column}`]
export const renameC = ['ALTER TABLE users RENAME COLUMN c TO c2']
export const parents = [`CREATE TABLE p (id int PRIMARY KEY)`, `CREATE TABLE t (id int PRIMARY KEY, p_id int)`]
export const foreignKey = 'ALTER TABLE t ADD CONSTRAINT t_p FOREIGN KEY (p_id) REFERENCES p (id)'
export const rebuildWithNotNull = [
  `CREATE TABLE users_new (id int, email ${text} NOT NULL)`,
  'INSERT INTO users_new (id, email) SELECT id, email FROM users',
  'DROP TABLE users',
  'ALTER TABLE users_new RENAME TO users',
]
