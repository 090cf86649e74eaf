export { defineConfig, defineMigration, definePlugin } from '@yama/core'
export type { EnvironmentConfig, MigrationDefinition, Plugin, ProjectConfig } from '@yama/core'
