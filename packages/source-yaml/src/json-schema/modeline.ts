/** First line of an entity file, for editors with the YAML language server. */
export function modeline(schemaPath: string): string {
  return `# yaml-language-server: $schema=${schemaPath}`
}

/** What `.vscode/settings.json` needs, so that files without the modeline are completed too. */
export function editorSettings(schemaPath: string, pattern: string): { readonly 'yaml.schemas': Readonly<Record<string, string>> } {
  return { 'yaml.schemas': { [schemaPath]: pattern } }
}
