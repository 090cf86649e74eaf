import { expect, test } from 'vitest'
import { redactUrl } from './redact-url.ts'

test.each([
  ['postgres://user:secret@host:5432/db', 'postgres://user:***@host:5432/db'],
  ['postgres://user:p@ss:w0rd@host/db', 'postgres://user:***@host/db'],
  ['postgres://user@host/db', 'postgres://user@host/db'],
  ['postgres://host/db?password=secret&sslmode=require', 'postgres://host/db?password=***&sslmode=require'],
  ['postgres//user:secret@host/db', 'postgres//user:***@host/db'],
  ['user:secret@tcp(127.0.0.1:3306)/db', 'user:***@tcp(127.0.0.1:3306)/db'],
  ['host=h user=u password=secret', 'host=h user=u password=***'],
  ["host=h password = 'a \\' secret' user=u", 'host=h password = *** user=u'],
  ['Server=h;Password=secret;Database=d', 'Server=h;Password=***;Database=d'],
  ['jdbc:postgresql://h/db?user=u&password=secret', 'jdbc:postgresql://h/db?user=u&password=***'],
  ['sqlite:./a:b@c.db', 'sqlite:./a:b@c.db'],
  ['sqlite:./dev.db', 'sqlite:./dev.db'],
])('%s is printed as %s', (url, shown) => {
  expect(redactUrl(url)).toBe(shown)
  expect(redactUrl(url)).not.toContain('secret')
})
