import { expect, test } from 'vitest'
import { mysqlWords } from './mysql-words.ts'

const TCP = ['--host=host', '--port=3306', '--protocol=TCP']
test.each([
  ['mysql://me:s%40crt@host/app', [...TCP, '--user=me'], 's@crt'],
  ['mariadb://me@[::1]:3307/app', ['--host=::1', '--port=3307', '--protocol=TCP', '--user=me'], undefined],
  ['mysql://me@/app?socket=/run/mysqld/mysqld.sock', ['--socket=/run/mysqld/mysqld.sock', '--user=me'], undefined],
  [
    'mysql://host/app?ssl-mode=VERIFY_IDENTITY&ssl-ca=/etc/ca.pem&password=word',
    [...TCP, '--loose-ssl', '--loose-ssl-verify-server-cert', '--loose-ssl-mode=VERIFY_IDENTITY', '--ssl-ca=/etc/ca.pem'],
    'word',
  ],
])('%s is reached with %j', (text, words, password) => {
  expect(mysqlWords(text)).toEqual({ words, database: 'app', password })
})
