import { defineConfig } from '@yama/cli'

export default defineConfig({
  dialect: 'postgres',
  environments: {
    // Throw-away databases may be made on this server: the same major version, with its extensions.
    dev: { url: 'env:DATABASE_URL', scratch: { allow: true } },
    prod: { url: 'env:PROD_DATABASE_URL', production: true },
  },
})
