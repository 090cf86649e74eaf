type Json = Record<string, unknown>

/** The JSON Schema (draft-07) of entity files, from the same source as the validation. */
export async function entityJsonSchema(): Promise<Record<string, unknown>> {
  const [{ toJSONSchema }, { entityFile }] = await Promise.all([import('zod'), import('../schema/file-schema.ts')])
  const schema = toJSONSchema(entityFile, { target: 'draft-7', io: 'input', unrepresentable: 'any', reused: 'inline' }) as Json
  return { ...schema, $id: 'https://yama.dev/schema/entity-1.json' }
}
