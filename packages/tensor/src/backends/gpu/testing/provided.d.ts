import 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** The share of the conformance suite that is asked for. */
    readonly conformanceShare: number | null
  }
}
