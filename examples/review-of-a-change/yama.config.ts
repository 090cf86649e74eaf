import { defineConfig } from '@yama/cli'

export default defineConfig({ dialect: 'sqlite' })
