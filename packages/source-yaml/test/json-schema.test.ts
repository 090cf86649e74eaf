import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { editorSettings, entityJsonSchema, modeline, projectJsonSchema } from '../src/index.ts'

it('is draft-07, closed, and described', async () => {
  const schema = await entityJsonSchema()
  expect(schema['$schema']).toBe('http://json-schema.org/draft-07/schema#')
  expect(schema['additionalProperties']).toBe(false)
  expect(JSON.stringify(schema)).toContain('uuid! primary = gen_uuid()')
  expect(Object.keys(schema['properties'] as object)).toEqual(
    expect.arrayContaining(['entities', 'enums', 'views', 'sequences', 'extensions']),
  )
})

it('offers the names of the project, of files with mistakes too', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'yama-schema-'))
  writeFileSync(
    join(directory, 'a.yaml'),
    'enums: { Role: [a] }\nentities:\n  User:\n    tabel: x\n    fields: { id: "uuid!", fullName: nonsense }\n',
  )
  const text = JSON.stringify(await projectJsonSchema({ directory, root: directory }))
  rmSync(directory, { recursive: true })
  for (const name of ['"User!"', '"User[]"', '"Role?"', '"fullName desc"']) expect(text).toContain(name)
})

it('writes the lines that editors need', () => {
  expect(modeline('../.yama/schema/entity.schema.json')).toBe('# yaml-language-server: $schema=../.yama/schema/entity.schema.json')
  expect(editorSettings('./.yama/schema/entity.schema.json', 'schema/**/*.yaml')).toEqual({
    'yaml.schemas': { './.yama/schema/entity.schema.json': 'schema/**/*.yaml' },
  })
})
