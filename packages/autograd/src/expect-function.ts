import { describe } from '@facet/tensor/checks'

/** @throws TypeError for a value in place of the function, as in `grad(f(x))` for `grad(f)(x)`. */
export function expectFunction(operation: string, f: unknown): void {
  if (typeof f !== 'function') throw new TypeError(`${operation}: expected a function, got ${describe(f)}`)
}
