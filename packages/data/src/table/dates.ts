/** Milliseconds since 1970 by either order of day and month; NaN in an order in which it is no date. Equal where the order is written. */
export interface DateReading {
  readonly monthFirst: number
  readonly dayFirst: number
}

const clock = String.raw`(?:[T ]\s*(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?`

const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?${clock}$`, 'i')
const compact = new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})${clock}$`, 'i')
const points = new RegExp(String.raw`^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})${clock}$`, 'i')
const either = new RegExp(String.raw`^(\d{1,2})([-/])(\d{1,2})\2(\d{4}|\d{2})${clock}$`, 'i')
const named = new RegExp(String.raw`^(\d{1,2})[-/ ]([a-z]{3,9})\.?[-/ ,]\s*(\d{4}|\d{2})${clock}$`, 'i')
const namedFirst = new RegExp(String.raw`^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})${clock}$`, 'i')

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

type Clock = readonly (string | undefined)[]

/** Two digits are of 1969 to 2068, as POSIX has it. */
const yearOf = (text: string): number => {
  const year = Number(text)
  if (text.length > 2) return year
  return year < 69 ? 2000 + year : 1900 + year
}

function minutesOf(zone: string | undefined): number {
  const parts = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? '')
  if (parts === null) return 0
  return (parts[1] === '-' ? -1 : 1) * (60 * Number(parts[2]) + Number(parts[3] ?? 0))
}

/** Milliseconds, or NaN for what is no day or no time of day. */
function milliseconds(year: number, month: number, day: number, at: Clock): number {
  const [hourText, minuteText, secondText, fraction, half, zone] = at
  let hour = Number(hourText ?? 0)
  const [minute, second] = [Number(minuteText ?? 0), Number(secondText ?? 0)]
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return Number.NaN
    hour = (hour % 12) + (/^p/i.test(half) ? 12 : 0)
  }
  const start = new Date(0)
  start.setUTCFullYear(year, month - 1, day)
  const isDay = start.getUTCMonth() === month - 1 && start.getUTCDate() === day
  const isTime = minute < 60 && second < 61 && (hour < 24 || (hour === 24 && minute === 0 && second === 0))
  if (!isDay || !isTime) return Number.NaN
  const seconds = 3600 * hour + 60 * (minute - minutesOf(zone)) + second
  return start.getTime() + 1000 * seconds + (fraction === undefined ? 0 : 1000 * Number(`0.${fraction}`))
}

const sure = (time: number): DateReading | null =>
  Number.isNaN(time) ? null : { monthFirst: time, dayFirst: time }

/**
 * The date in a text, or `null`: ISO 8601 with and without time and zone (UTC where none is named), `2024/1/31`, `31.01.2024 12:00`, `31-Jan-2024`,
 * `Jan 31, 2024`, and `01/31/2024`, which has two readings where both numbers may be months. Numbers alone are none.
 */
export function dateOf(text: string): DateReading | null {
  // Six characters at least, and digits, so that words and numbers cost nothing.
  if (text.length < 6 || text.length > 40 || !/\d/.test(text)) return null
  let parts = yearFirst.exec(text)
  if (parts !== null) {
    const [, year, mark, month, day, ...at] = parts
    // 2024.01 is a number.
    if (day === undefined && (mark === '.' || at[0] !== undefined)) return null
    return sure(milliseconds(Number(year), Number(month), Number(day ?? 1), at))
  }
  parts = compact.exec(text)
  if (parts !== null && parts[4] !== undefined) {
    const [, year, month, day, ...at] = parts
    return sure(milliseconds(Number(year), Number(month), Number(day), at))
  }
  parts = points.exec(text)
  if (parts !== null) {
    const [, day, month, year, ...at] = parts
    return sure(milliseconds(yearOf(year), Number(month), Number(day), at))
  }
  parts = either.exec(text)
  if (parts !== null) {
    const [, first, , second, year, ...at] = parts
    const monthFirst = milliseconds(yearOf(year), Number(first), Number(second), at)
    const dayFirst = milliseconds(yearOf(year), Number(second), Number(first), at)
    return Number.isNaN(monthFirst) && Number.isNaN(dayFirst) ? null : { monthFirst, dayFirst }
  }
  parts = named.exec(text)
  if (parts !== null) {
    const [, day, month, year, ...at] = parts
    const place = months.indexOf(month.slice(0, 3).toLowerCase()) + 1
    return place === 0 ? null : sure(milliseconds(yearOf(year), place, Number(day), at))
  }
  parts = namedFirst.exec(text)
  if (parts === null) return null
  const [, month, day, year, ...at] = parts
  const place = months.indexOf(month.slice(0, 3).toLowerCase()) + 1
  return place === 0 ? null : sure(milliseconds(Number(year), place, Number(day), at))
}
