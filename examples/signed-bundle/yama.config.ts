import { defineConfig } from '@yama/cli'

export default defineConfig({
  dialect: 'sqlite',
  environments: {
    dev: { url: 'sqlite:./dev.db' },
  },
})
