import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** What `FACET_TEST_SHARE` says; `null` where it says nothing. */
    readonly share: number | null
    /** What the page's chromium draws WebGL with (scripts/rasterisers.json); nothing outside of a page. */
    readonly rasteriser?: string
  }
}

/** Whether tests of many trials try all of them (`FACET_TEST_SHARE=1`). */
export const isWhole = inject('share') === 1

/** Of the trials that a test has, how many are tried: one in ten, or the share that is asked for. */
export const trials = (all: number): number => Math.ceil(all * (inject('share') ?? 0.1))

/** Of a list that several tests share between them what is for this one; all of it where all is tried. */
export const partOf = <T>(all: readonly T[], part: number, parts: number): T[] =>
  all.filter((_, i) => isWhole || i % parts === part)
