/** Imports a TypeScript file of the project; jiti is loaded only where one is met. */
export async function importModule(file: string): Promise<Record<string, unknown>> {
  const { createJiti } = await import('jiti')
  const jiti = createJiti(import.meta.url, { interopDefault: false, moduleCache: true })
  return (await jiti.import(file)) as Record<string, unknown>
}
