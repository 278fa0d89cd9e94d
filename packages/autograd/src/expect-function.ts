import { describe } from '@facet/tensor/checks'

/** @throws TypeError for a value in place of the function: `grad(f)(x)`, not `grad(f(x))`. */
export function expectFunction(operation: string, f: unknown): void {
  if (typeof f !== 'function') throw new TypeError(`${operation}: expected a function, got ${describe(f)}`)
}
