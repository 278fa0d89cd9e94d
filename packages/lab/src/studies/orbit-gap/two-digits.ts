/** Two significant digits, never in exponent form: `0.0064`, `0.11`, `6.0`. */
export function twoDigits(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const magnitude = Math.log10(Number(value.toPrecision(2)) || 1)
  return value.toFixed(Math.max(0, 1 - Math.floor(magnitude)))
}
