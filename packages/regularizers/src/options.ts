/** λ of every term that is added to the reconstruction loss, where none is given (SPEC 3, Weights). */
export const defaultWeight = 0.01

/** @throws TypeError for an option whose name the operation does not know. */
export function expectKnownOptions(operation: string, options: object, known: readonly string[]): void {
  for (const option of Object.keys(options)) {
    if (known.includes(option)) continue
    throw new TypeError(`${operation}: expected options among ${known.join(', ')}, got '${option}'`)
  }
}

/** @throws RangeError unless the value is a key of the table. */
export function expectOneOf(operation: string, option: string, value: unknown, table: object): void {
  if (typeof value === 'string' && Object.hasOwn(table, value)) return
  throw new RangeError(
    `${operation}: ${option}: expected one of ${Object.keys(table).join(', ')}, got ${show(value)}`,
  )
}

/** @throws RangeError unless the value is a finite number ≥ 0. */
export function expectNonNegative(operation: string, option: string, value: unknown): void {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return
  throw new RangeError(`${operation}: ${option}: expected a finite number of at least 0, got ${show(value)}`)
}

/** @throws RangeError unless the value is an integer ≥ 1. */
export function expectCount(operation: string, option: string, value: unknown): void {
  if (Number.isInteger(value) && (value as number) >= 1) return
  throw new RangeError(`${operation}: ${option}: expected an integer of at least 1, got ${show(value)}`)
}

/** @throws TypeError unless the value is true or false. */
export function expectBoolean(operation: string, option: string, value: unknown): void {
  if (typeof value === 'boolean') return
  throw new TypeError(`${operation}: ${option}: expected true or false, got ${show(value)}`)
}

function show(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}
