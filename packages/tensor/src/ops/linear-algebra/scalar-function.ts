/** A function of one number; the exponent is that of `power` and 0 otherwise. */
export interface ScalarFunction {
  readonly kind: 'exp' | 'log' | 'power'
  readonly exponent: number
}
