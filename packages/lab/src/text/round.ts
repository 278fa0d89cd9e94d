/** The nearest number of so many significant digits. */
export const significant = (value: number, digits: number): number => Number(value.toPrecision(digits))

/** Values rounded alike: to so many digits of the largest of them. */
export function roundTogether(rows: readonly (readonly number[])[], digits: number): number[][] {
  const largest = rows.reduce((most, row) => row.reduce((m, v) => Math.max(m, Math.abs(v)), most), 0)
  const decimals = largest === 0 ? 0 : digits - 1 - Math.floor(Math.log10(largest))
  // Powers of ten are exact only upwards: a step of 0.001 is divided by 1000.
  const [up, down] = decimals >= 0 ? [10 ** decimals, 1] : [1, 10 ** -decimals]
  return rows.map((row) => row.map((value) => (Math.round((value * up) / down) * down) / up))
}
