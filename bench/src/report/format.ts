/** Three significant digits without an exponent: `0.0123`, `1.23`, `123`, `1235`. */
export function threeDigits(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (value === 0) return '0'
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  return value.toFixed(Math.min(digits, 6))
}

/** Seconds in the unit that suits them. */
export function duration(seconds: number): string {
  if (seconds < 1e-3) return `${threeDigits(seconds * 1e6)} µs`
  return seconds < 1 ? `${threeDigits(seconds * 1e3)} ms` : `${threeDigits(seconds)} s`
}

export const megabytes = (bytes: number): string => `${threeDigits(bytes / 2 ** 20)} MB`

/** A Markdown table; columns are as wide as their longest cell, so that it reads as text too. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, i) =>
    Math.max(3, ...[title, ...rows.map((row) => row[i])].map((s) => s.length)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`
  const ruler = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [line(header), ruler, ...rows.map(line)].join('\n')
}
