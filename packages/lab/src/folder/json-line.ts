/** Numbers that JSON does not have: `NaN` is written as `{"number":"NaN"}`. */
const special = ['NaN', 'Infinity', '-Infinity']

/** A value as JSON on one line; what is read back by {@link fromJsonLine} has the same numbers. */
export const toJsonLine = (value: unknown): string =>
  JSON.stringify(value, (_, entry) =>
    typeof entry === 'number' && !Number.isFinite(entry) ? { number: String(entry) } : entry,
  )

/** @throws SyntaxError for text that is not JSON. */
export const fromJsonLine = (text: string): unknown =>
  JSON.parse(text, (_, entry) => (isSpecial(entry) ? Number(entry.number) : entry))

const isSpecial = (entry: unknown): entry is { readonly number: string } =>
  typeof entry === 'object' &&
  entry !== null &&
  Object.keys(entry).length === 1 &&
  special.includes((entry as { number?: string }).number ?? '')
