import type { DatabaseKind } from '@yama/core'
import { expect, test } from 'vitest'
import { maskSecrets } from './mask-secrets.ts'

test.each<[DatabaseKind, string]>([
  ['postgres', "CREATE ROLE app LOGIN PASSWORD 'hunter2'"],
  ['postgres', "ALTER USER app WITH ENCRYPTED PASSWORD E'hunter2' VALID UNTIL '2030-01-01'"],
  ['postgres', 'CREATE ROLE app PASSWORD $p$hunter2$p$'],
  ['postgres', "CREATE USER MAPPING FOR app SERVER films OPTIONS (user 'bob', password 'hunter2')"],
  ['postgres', `CREATE USER MAPPING FOR app SERVER films OPTIONS (user 'bob', "password" 'hunter2')`],
  ['postgres', "CREATE SUBSCRIPTION s CONNECTION 'host=db user=app password=hunter2 dbname=x' PUBLICATION p"],
  ['postgres', "CREATE SUBSCRIPTION s CONNECTION 'postgres://app:hunter2@db/x' PUBLICATION p"],
  ['postgres', "SELECT dblink_connect('host=db password=hunter2')"],
  ['postgres', "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT 'postgres://app:hunter2@db/x' $$"],
  ['mysql', "CREATE USER app IDENTIFIED BY 'hunter2'"],
  ['mysql', 'CREATE USER app IDENTIFIED BY "hunter2"'],
  ['mysql', "ALTER USER app IDENTIFIED WITH 'caching_sha2_password' BY 'hunter2' REPLACE 'old'"],
  ['mysql', "ALTER USER app IDENTIFIED WITH mysql_native_password AS 'hunter2'"],
  ['mysql', "SET PASSWORD FOR app = 'hunter2'"],
  ['mysql', "CHANGE REPLICATION SOURCE TO SOURCE_HOST='db', SOURCE_PASSWORD='hunter2'"],
  ['mysql', "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'a', PASSWORD 'hunter2')"],
  ['mariadb', "GRANT SELECT ON *.* TO app IDENTIFIED BY 'hunter2'"],
  ['mariadb', "ALTER USER app IDENTIFIED VIA ed25519 USING PASSWORD('hunter2')"],
  ['mariadb', "CHANGE MASTER TO MASTER_PASSWORD='hunter2'"],
  ['sqlite', "UPDATE accounts SET password = 'hunter2'"],
  ['sqlite', '-- see https://ada:hunter2@wiki/page\nSELECT 1'],
])('%s: %s loses its secret and nothing else', (kind, sql) => {
  const shown = maskSecrets(sql, kind)
  expect(shown).not.toContain('hunter2')
  expect(shown).toContain('***')
  expect(shown.split(/\s/)[0]).toBe(sql.split(/\s/)[0])
})

test.each<[DatabaseKind, string]>([
  ['postgres', "CREATE TABLE users (id int, password text NOT NULL DEFAULT '')"],
  ['postgres', "COMMENT ON COLUMN users.password IS 'a hash'"],
  ['postgres', "INSERT INTO settings VALUES ('https://example.org/a:b@c')"],
  ['mysql', "CREATE TABLE t (token varchar(20) COMMENT 'of a session')"],
  ['sqlite', "CREATE TABLE keys (id int, value text DEFAULT 'x')"],
])('%s: %s is left as it is', (kind, sql) => {
  expect(maskSecrets(sql, kind)).toBe(sql)
})
