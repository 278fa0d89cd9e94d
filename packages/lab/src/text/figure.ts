/** A number in four digits for a table; `–` for none. */
export const figure = (value: number | null): string =>
  value === null ? '–' : Number(value.toPrecision(4)).toString()
