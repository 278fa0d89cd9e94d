import { dateOf } from '../table/dates.ts'
import type { Separator } from './fields.ts'

/** What a text that is no number looks like, and what to do about it. */
type Look = readonly [looks: RegExp | ((text: string) => boolean), hint: string | ((text: string) => string)]

/** `1.234,5` as 1234.5: all but the last mark part thousands. */
const plain = (text: string): string => text.replace(/[.,' \u00a0\u202f_](?=.*[.,])/g, '').replace(',', '.')
const joinedUp = (text: string): string => text.replace(/[^\d+-]/g, '')

const decimalComma = (text: string): string => `decimals are written with a point, ${text.replace(',', '.')}`

/** What a power cut or a full disk leaves in a file. */
export const zeroBytes = 'it holds zero bytes, as files do that were not written to their end; leave them out'

const looks: readonly Look[] = [
  [(text) => text.includes('\0'), zeroBytes],
  [
    /^[+-]?(inf|infinity)$/i,
    'infinity is no value of a sample; write it as a missing value or leave its row out',
  ],
  [
    /^(true|false|yes|no|on|off|t|f|y|n)$/i,
    'it looks like a truth value; write 1 and 0, or leave the column out by the option drop',
  ],
  [
    (text) => dateOf(text) !== null,
    'it looks like a date; name its column by the option time, or leave it out by the option drop',
  ],
  [
    /^\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[ap]m)?$/i,
    'it looks like a time of day; write seconds, or leave the column out by the option drop',
  ],
  [
    /^[+-]?\d{1,3}(,\d{3}){2,}(\.\d+)?$|^[+-]?[1-9]\d{0,2}(,\d{3})+\.\d+$/,
    (text) => `it looks like commas that part thousands; write ${text.replaceAll(',', '')}`,
  ],
  [
    /^[+-]?[1-9]\d{0,2}(\.\d{3})+,\d+$/,
    (text) => `it looks like points that part thousands and a decimal comma; write ${plain(text)}`,
  ],
  [
    /^[+-]?\d{1,3}(\.\d{3}){2,}$/,
    (text) => `it looks like points that part thousands; write ${text.replaceAll('.', '')}`,
  ],
  [
    /^[+-]?\d{1,3}(['’\u00a0\u202f _]\d{3})+([.,]\d+)?$/,
    (text) =>
      `it looks like thousands that are set apart; write ${plain(text).replace(/['’\u00a0\u202f _]/g, '')}`,
  ],
  [/^[+-]?\d*,\d+(e[+-]?\d+)?$/i, (text) => decimalComma(text)],
  [/^[+-]?[\d.,]+ ?%$/, 'it looks like a percentage; write the number alone'],
  [
    /^[+-]? ?(\p{Sc}|USD|EUR|GBP|JPY|CHF|CNY|INR) ?[+-]?[\d.,' ]+$|^[+-]?[\d.,' ]+ ?(\p{Sc}|USD|EUR|GBP|JPY|CHF|CNY|INR)$/iu,
    'it looks like an amount of money; write the number alone',
  ],
  [/^[+-]?0x[\da-f]+$/i, (text) => `it looks hexadecimal; write ${numberOfHex(text)}`],
  [
    /^[+-]?\d+\.?\d*[dq][+-]?\d+$/i,
    (text) => `it looks like Fortran's exponent; write ${text.replace(/[dq]/i, 'e')}`,
  ],
  [/^[+-]?(\d+\.?\d*|\.\d+)e[+-]?$/i, 'its exponent has no digits; was it cut off?'],
  [
    /^[+-]?[\d.]+ ?[+-] ?[\d.]+ ?[ij]$/i,
    'it looks like a complex number; write real and imaginary part as two columns',
  ],
  [
    /^\(\s*\p{Sc}?[\d.,]+\s*\)$/u,
    (text) => `it looks like a negative amount; write -${text.replace(/[^\d.]/g, '')}`,
  ],
  [/^[−–—]\s*[\d.]/, 'its minus is not the sign - of ASCII; write it with that'],
  [/^[<>≤≥~≈]\s*[+-]?[\d.]/, 'it looks like a bound; write a number, or a missing value'],
  [/^[+-]?\d+\/\d+$/, 'it looks like a fraction; write it as a decimal number'],
  [/^[[{(]/, 'it looks like a list; write one number in a column'],
  [/^[+-]?[\d.]+(\s+[+-]?[\d.]+)+$/, 'it looks like several numbers parted by blanks'],
  [/^[+-]?\d+\.\d+\.[\d.]*$/, 'it has more than one point'],
  [
    /^[+-]?(\d+\.?\d*|\.\d+)\s*[\p{L}°µμΩ/²³^\d]+$/u,
    'it looks like a number with a unit; write the number alone',
  ],
  [
    /^#(VALUE|DIV\/0|REF|NAME|NUM|NULL|SPILL)[!?]?$/i,
    'it is an error of a spreadsheet; mend the formula, or leave the field empty',
  ],
  [/^[:+-]?[-=]{3,}[:+-]?$/, 'it looks like a line that is drawn under a header; leave it out'],
  [/^'.*'$/, 'it stands in single quotes; write double ones, or none'],
  [
    /^[+-]?[\d.]+\s*([~:;|^&!\\])\s*[+-]?[\d.]+(\s*\1\s*[+-]?[\d.]+)*$/,
    (text) => `it looks like several numbers parted by ${/[~:;|^&!\\]/.exec(text)![0]}; part them by commas`,
  ],
  [/^<(!doctype|html|\?xml|svg|body|head)/i, 'it looks like a web page'],
  [
    /^\p{L}/u,
    'a column of texts is named by the option labels, the option id or the option group, or left out by the option drop',
  ],
]

const numberOfHex = (text: string): string => {
  const value = Number(text.replace(/^[+-]/, ''))
  return (text.startsWith('-') ? '-' : '') + String(value)
}

/**
 * What a field that is no number looks like, and what to do: `; it looks like a date; …`, or nothing. Where commas part the fields `1,234` came in quotes,
 * as programs write thousands; where semicolons do, the comma is that of decimals; where neither does it may be both.
 */
export function hintOf(text: string, separator?: Separator): string {
  const trimmed = text.trim()
  if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(trimmed)) {
    const whole = joinedUp(trimmed)
    if (separator === 'comma') return `; it looks like a comma that parts thousands; write ${whole}`
    if (separator === 'semicolon') return `; ${decimalComma(trimmed)}`
    return `; its comma may part thousands (${whole}) or be that of decimals (${trimmed.replace(',', '.')}); write it as one of these`
  }
  const found = looks.find(([is]) => (typeof is === 'function' ? is(trimmed) : is.test(trimmed)))
  if (found === undefined) return ''
  const [, hint] = found
  return `; ${typeof hint === 'string' ? hint : hint(trimmed)}`
}
