import { defineConfig } from '@yama/cli'
import { houseRules } from './plugins/house-rules.ts'

export default defineConfig({
  dialect: 'sqlite',
  plugins: [houseRules({ maximumSeconds: 5 })],
  environments: {
    dev: { url: 'sqlite:./dev.db' },
  },
})
