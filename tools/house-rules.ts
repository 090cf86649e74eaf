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

function exportedValues(text: string): readonly string[] {
  const declared = [...text.matchAll(/^export (?:async )?(?:function\*?|const|let|class) ([\w$]+)/gm)].map((match) => match[1] ?? '')
  const listed = [...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap((match) =>
    (match[1] ?? '').split(',').map((item) => item.trim().replace(/.* as /, '')),
  )
  return [...declared, ...listed.filter((name) => name !== '' && !name.startsWith('type '))]
}

const shortEnough: Rule = ({ path, text }) => {
  const lines = text.trimEnd().split('\n').length
  return lines > LONGEST && !isTest(path) ? `has ${lines} lines; ${LONGEST} is the wall: split it` : undefined
}

/** A file with one exported value is named after it: they share a word at least (`hash/sha256.ts`: `sha256Hex`). Types and collections may be named freely. */
const namedAfterExport: Rule = ({ path, text }) => {
  if (isTest(path) || isContract(path) || isRoof(path) || !path.includes('/src/')) return undefined
  const [only, ...more] = exportedValues(text)
  if (only === undefined || more.length > 0) return undefined
  const known = new Set(words(path))
  return words(only).some((word) => known.has(word)) ? undefined : `exports ${only} only, and is not named after it`
}

const saysWhatItIs: Rule = ({ path }) =>
  /^(utils?|helpers?|common|misc|shared|lib|stuff)$/.test(stem(path)) || /\/(utils?|helpers?|common|misc)\//.test(path)
    ? 'has a name that says nothing'
    : undefined

const noBarrel: Rule = ({ path }) =>
  stem(path) === 'index' && path.includes('/src/') && !isRoof(path) && !isContract(path)
    ? 'is an index.ts below src/: import the files themselves'
    : undefined

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
