import * as z from 'zod'
import { entity, enumeration, extensions, namespaces, sequence, view } from './entity-schema.ts'
import { seeds, tests } from './later-schema.ts'
import {
  defaultPrivileges,
  domains,
  eventTriggers,
  functions,
  grants,
  objects,
  owners,
  publications,
  rules,
  statistics,
  triggers,
  types,
} from './object-schema.ts'
import { meta, name, strict } from './strict.ts'

/** One document of an entity file. The only source of validation, JSON Schema and types. */
export const entityFile = strict({
  version: z.literal(1).optional().describe('Version of the format.'),
  compat: z.enum(['yamajs']).optional().describe('Reads the earlier format.'),
  extensions: extensions.optional(),
  schemas: namespaces.optional(),
  sequences: z.record(name, sequence).optional(),
  enums: z.record(name, enumeration).optional(),
  entities: z.record(name, entity).optional(),
  views: z.record(name, view).optional(),
  domains: domains.optional(),
  types: types.optional(),
  functions: functions.optional(),
  triggers: triggers.optional(),
  rules: rules.optional(),
  statistics: statistics.optional(),
  publications: publications.optional(),
  eventTriggers: eventTriggers.optional(),
  objects: objects.optional(),
  grants: grants.optional(),
  owners: owners.optional(),
  defaultPrivileges: defaultPrivileges.optional(),
  seeds: seeds.optional(),
  tests: tests.optional(),
  meta: meta.optional(),
}).meta({ title: 'Yama entities', description: 'Tables, enums and views of a Yama project.' })
