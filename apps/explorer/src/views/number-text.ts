/** Making one takes 50 times as long as using it, and several numbers are written for each picture. */
const grouped = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 21 })

/** What stands for no number. */
const none = '–'

const superscripts: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789-'].map((digit, i) => [digit, '⁰¹²³⁴⁵⁶⁷⁸⁹⁻'[i]]),
)

/** Below this zeros behind the point are harder to count than an exponent is to read. */
const SMALLEST = 1e-4

/** From here on numbers have an exponent. */
const LARGEST = 1e9

/**
 * A number to be read: `0.0123`, `−4`, `12,346`, `1.2 × 10⁻⁷`, `10⁻⁵`, and `–` for what is not finite.
 *
 * @param digits that count, below 1,000; above that all before the point are said
 * @example
 * numberText(-0.012345) // '−0.0123'
 * numberText(3.2e-8, 1) // '3 × 10⁻⁸'
 */
export function numberText(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return none
  const size = Math.abs(value)
  const sign = value < 0 ? '−' : ''
  if (size === 0) return '0'
  if (size < SMALLEST || size >= LARGEST) {
    const [factor, exponent] = size.toExponential(digits - 1).split('e')
    const raised = [...String(Number(exponent))].map((digit) => superscripts[digit]).join('')
    return `${sign}${Number(factor) === 1 ? '' : `${Number(factor)} × `}10${raised}`
  }
  const rounded = size < 1000 ? Number(size.toPrecision(digits)) : Math.round(size)
  return `${sign}${grouped.format(rounded)}`
}

/** `1 region`, `1,500 regions`. */
export const counted = (count: number, noun: string): string =>
  `${grouped.format(count)} ${noun}${count === 1 ? '' : 's'}`

/** `(0.9, −0.4)` */
export const pointText = ({ s, t }: { readonly s: number; readonly t: number }): string =>
  `(${numberText(s)}, ${numberText(t)})`

/** `a`, `a and b`, `a, b and c`. */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
