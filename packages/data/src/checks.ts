/** @throws RangeError unless `value` is an integer of at least `least` */
export function checkCount(operation: string, name: string, value: number, least = 1): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${operation}: ${name}: expected an integer of at least ${least}, got ${value}`)
  }
}
