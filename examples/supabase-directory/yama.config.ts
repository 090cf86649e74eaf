import { defineConfig } from '@yama/cli'

export default defineConfig({
  dialect: 'postgres',
  migrations: 'supabase/migrations',
  environments: {
    dev: { url: 'pglite:./.yama/dev', setup: 'supabase-provides.sql' },
  },
})
