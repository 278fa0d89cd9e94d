import 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of `scripts/bundle-command.ts`. */
    readonly commandBundle: string
  }
}
