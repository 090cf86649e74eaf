/** One source file, as the house rules see it. */
export interface SourceText {
  /** Relative to the repository, with `/`. */
  readonly path: string
  readonly text: string
}

type Rule = (file: SourceText) => string | undefined

const LONGEST = 300
const isTest = (path: string): boolean => /\.(test|test-d|bench)\.ts$|^packages\/[^/]+\/test\/|^test\//.test(path)
const isContract = (path: string): boolean => /\/(contract|facts)\//.test(path)
const isRoof = (path: string): boolean => /^packages\/[^/]+\/src\/[^/]+$/.test(path)
const stem = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.ts$/, '')
/** Comments and strings hold no code; they are blanked, the lines stay. */
const codeOf = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g, (match) => match.replaceAll(/[^\n]/g, ' '))
const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length

const words = (name: string): readonly string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1)
    .map((word) => word.slice(0, 4))

interface Exported {
  readonly name: string
  readonly isValue: boolean
}

function exported(text: string): readonly Exported[] {
  const declared = [...text.matchAll(/^export (?:async )?(function\*?|const|let|class|interface|type) ([\w$]+)/gm)].map((match) => ({
    name: match[2] ?? '',
    isValue: match[1] !== 'interface' && match[1] !== 'type',
  }))
  const listed = [...text.matchAll(/^export (type )?\{([^}]*)\}(?! from)/gm)].flatMap((match) =>
    (match[2] ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
      .map((item) => ({
        name: item.replace(/^type /, '').replace(/.* as /, ''),
        isValue: match[1] === undefined && !item.startsWith('type '),
      })),
  )
  return [...declared, ...listed]
}

const shortEnough: Rule = ({ text }) => {
  const lines = text.trimEnd().split('\n').length
  return lines > LONGEST ? `has ${lines} lines; ${LONGEST} is the wall: split it` : undefined
}

/** A file with one exported value is named after it or after its type: they share a word at least (`hash/sha256.ts`: `sha256Hex`). Collections may be named freely. */
const namedAfterExport: Rule = ({ path, text }) => {
  if (isTest(path) || isContract(path) || isRoof(path) || !path.includes('/src/')) return undefined
  const names = exported(text)
  const values = names.filter(({ isValue }) => isValue)
  if (values.length !== 1) return undefined
  const known = new Set(words(path))
  return names.some(({ name }) => words(name).some((word) => known.has(word)))
    ? undefined
    : `exports ${values.map(({ name }) => name).join()} only, and is not named after it`
}

const saysWhatItIs: Rule = ({ path }) =>
  /^(utils?|helpers?|common|misc|shared|lib|stuff)$/.test(stem(path)) || /\/(utils?|helpers?|common|misc)\//.test(path)
    ? 'has a name that says nothing'
    : undefined

/** `rules/index.ts` holds the rules of the fact kind index; a barrel only passes on what others export. */
const noBarrel: Rule = ({ path, text }) => {
  if (stem(path) !== 'index' || isRoof(path) || !path.includes('/src/')) return undefined
  const rest = text.replaceAll(/^export (type )?(\*|\{[^}]*\}) from .*$/gm, '').trim()
  return rest === '' ? 'is a barrel below src/: import the files themselves' : undefined
}

const catalogueErrors: Rule = ({ path, text }) => {
  // The suites and the fake of testkit make the errors that a driver would.
  if (isTest(path) || /^packages\/testkit\/src\/(suite|fake)\/|\/src\/errors\//.test(path) || !path.startsWith('packages/'))
    return undefined
  const found = /\bnew (Type|Range|Syntax|Aggregate)?Error\(/.exec(codeOf(text))
  return found ? `line ${lineOf(text, found.index)} makes ${found[0]}…): throw an error of the catalogue` : undefined
}

const brandCheck: Rule = ({ text }) => {
  const found = /\binstanceof YamaError\b/.exec(codeOf(text))
  return found
    ? `line ${lineOf(text, found.index)} uses instanceof YamaError: two copies of core may be installed, use YamaError.is()`
    : undefined
}

const rules: readonly Rule[] = [shortEnough, namedAfterExport, saysWhatItIs, noBarrel, catalogueErrors, brandCheck]

/** What the file does against STYLE.md, one sentence each, with the path in front. */
export const houseRules = (file: SourceText): readonly string[] =>
  rules.flatMap((rule) => {
    const complaint = rule(file)
    return complaint === undefined ? [] : [`${file.path} ${complaint}`]
  })
