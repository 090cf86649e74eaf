const PLAIN = /^[a-z0-9_]*$/
const HUMP = /([\p{Ll}\p{N}])(\p{Lu})/gu
const ACRONYM = /(\p{Lu})(\p{Lu}\p{Ll})/gu

/** `phoneE164` → `phone_e164`, `HTMLPage` → `html_page`. */
export function snakeCase(name: string): string {
  if (PLAIN.test(name)) return name
  return name.replaceAll(HUMP, '$1_$2').replaceAll(ACRONYM, '$1_$2').toLowerCase()
}

export function camelCase(name: string): string {
  const snake = snakeCase(name)
  return snake.replaceAll(/(?<=[\p{L}\p{N}])_([\p{L}\p{N}])/gu, (_, letter: string) => letter.toUpperCase())
}

export function pascalCase(name: string): string {
  return camelCase(name).replace(/^_*\p{L}/u, (letter) => letter.toUpperCase())
}

/** `companies` → `company`, `statuses` → `status`; words that are no plural stay. */
export function singular(word: string): string {
  if (/[^aeiou]ies$/i.test(word)) return word.replace(/ies$/i, 'y')
  if (/(ss|x|z|ch|sh|us)es$/i.test(word)) return word.replace(/es$/i, '')
  if (/(ss|us|is|news|series|species|data)$/i.test(word)) return word
  return word.replace(/s$/i, '')
}
