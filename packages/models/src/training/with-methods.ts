import { describe, type OptionKind } from '@facet/tensor/checks'

/** Values with these methods, looked at before hours of training, not after. */
export const withMethods = <T>(example: string, methods: readonly string[]): OptionKind<T> => ({
  check(operation, option, value) {
    const parts = Object(value) as Readonly<Record<string, unknown>>
    const missing = methods.find((method) => typeof parts[method] !== 'function')
    if (missing === undefined) return
    const what = typeof value === 'object' && value !== null ? `one without ${missing}()` : describe(value)
    throw new TypeError(`${operation}: ${option}: expected one such as ${example}, got ${what}`)
  },
})
