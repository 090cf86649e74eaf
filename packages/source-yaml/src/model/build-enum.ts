import { didYouMean } from '../errors/did-you-mean.ts'
import { appliesTo } from '../field/overridden.ts'
import type { EnumData } from '../schema/types.ts'
import type { BuildContext } from './build-context.ts'
import { type EnumModel, type Placed, words } from './model.ts'
import { namespaceOf } from './namespace-of.ts'

/** Undefined for an enum of another database. */
export function buildEnum(
  placed: Placed,
  data: EnumData,
  broken: ReadonlySet<string>,
  { dialect, naming, report }: BuildContext,
): EnumModel | undefined {
  const settings = Array.isArray(data) ? { values: data } : data
  if (!appliesTo(settings, dialect.kind)) return undefined
  const { source, path, name } = placed
  const list = Array.isArray(data) ? path : [...path, 'values']
  const isBroken = [...broken].some((each) => each.startsWith(`enums.${name}.`))
  if (settings.values.length === 0 && !isBroken) report.error('YAMA_ENTITY_ENUM_EMPTY', { enum: name }, source.keyAt(list))
  for (const [index, value] of settings.values.entries()) {
    if (settings.values.indexOf(value) !== index)
      report.error('YAMA_ENTITY_ENUM_DUPLICATE', { enum: name, value }, source.at([...list, index]))
  }
  const renamed = settings.renamed ?? {}
  for (const [old, now] of Object.entries(renamed)) {
    const at = [...path, 'renamed', old]
    if (!settings.values.includes(now))
      report.error('YAMA_ENTITY_ENUM_VALUE', { value: now, enum: name, fix: didYouMean(now, settings.values) }, source.at(at))
    if (settings.values.includes(old)) {
      report.error(
        'YAMA_ENTITY_CONFLICT',
        {
          where: `The enum ${name}`,
          problem: `\`${old}\` is renamed and still a value`,
          fix: `Take \`${old}\` out of \`values:\`, or out of \`renamed:\`.`,
        },
        source.keyAt(at),
      )
    }
  }
  const wanted = settings.strategy ?? dialect.types.enums
  const typeName = settings.name ?? naming.enumeration(name)
  // A former name may be given as in the entities or as in the database; whichever existed is found by the difference.
  const was = [...new Set(words(settings.was).flatMap((former) => [former, naming.enumeration(former)]))]
  return {
    ...placed,
    values: settings.values,
    schema: namespaceOf(settings.schema, dialect),
    typeName,
    // A dialect without enum types says so by its own default.
    strategy: wanted === 'native' && dialect.types.enums !== 'native' ? 'check' : wanted,
    renamed,
    was: was.filter((former) => former !== typeName),
    doc: settings.doc,
  }
}
