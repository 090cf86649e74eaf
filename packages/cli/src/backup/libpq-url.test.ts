import { expect, test } from 'vitest'
import { libpqUrl } from './libpq-url.ts'

test.each([
  ['postgres://me:s%40crt@host:5433/app', 'postgres://me@host:5433/app', 's@crt'],
  ['postgres://me@/app?host=/run/postgresql', 'postgres://me@/app?host=%2Frun%2Fpostgresql', undefined],
  ['postgresql://one:5432,two:5433/app?password=word', 'postgresql://one:5432,two:5433/app', 'word'],
  ['postgres://me:x@host/app?schema=public&pgbouncer=true&sslmode=no-verify', 'postgres://me@host/app?sslmode=require', 'x'],
  [
    'postgres://host/app?options=-c%20search_path%3Da&ssl=true',
    'postgres://host/app?options=-c%20search_path%3Da&sslmode=require',
    undefined,
  ],
])('%s is %s to libpq', (text, url, password) => {
  expect(libpqUrl(text)).toEqual({ url, password })
})
