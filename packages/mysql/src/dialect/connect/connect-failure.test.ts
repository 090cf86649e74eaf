import { expect, test } from 'vitest'
import { connectFailure } from './connect-failure.ts'

test('a way of logging in that the driver does not know is named', () => {
  const message = 'Server requests authentication using unknown plugin client_ed25519. See TODO: add plugins doco here on how to configure.'
  const attempt = { host: 'db:3306', hostname: 'db', user: 'me', database: 'app', timeoutMs: 1000, secrets: [] }
  const error = connectFailure({ code: 'AUTH_SWITCH_PLUGIN_ERROR', message }, attempt)
  expect(error).toMatchObject({
    code: 'YAMA_CONNECT_MYSQL_AUTHENTICATION',
    message: expect.stringMatching(/app: it asks for the plugin client_ed25519, which the driver mysql2 does not have\.$/),
  })
})
