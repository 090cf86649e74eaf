import { type Document, type Scalar, visit } from 'yaml'

const DECIMAL = /^([-+]?)(\d*)\.?(\d*)(?:e([-+]?\d+))?$/i
/** So many digits are always held. */
const ALWAYS_HELD = 15

/** Digits without zeros around them, and where the point stands: equal for equal numbers. */
function plain(text: string): string | undefined {
  const [, sign, whole, part = '', exponent = '0'] = DECIMAL.exec(text) ?? []
  if (whole === undefined) return undefined
  const digits = `${whole}${part}`.replace(/^0+/, '')
  const kept = digits.replace(/0+$/, '')
  const point = Number(exponent) - part.length + (digits.length - kept.length)
  return kept === '' ? '0' : `${sign === '-' ? '-' : ''}${kept}e${point}`
}

const holds = ({ source = '', value }: Scalar): boolean =>
  source.length <= ALWAYS_HELD || !Number.isFinite(value) || plain(source) === plain(String(value))

/** A number of more digits than JavaScript holds stays the text that it is in the file: read as a number it would be another one. */
export function keepDigits(yaml: Document): void {
  visit(yaml, {
    Scalar(_key, node) {
      if (typeof node.value === 'number' && !holds(node)) node.value = node.source ?? node.value
    },
  })
}
