import { COLOURS, type ColourTable, colourTable, cssOf } from './colour-table.ts'
import type { Scheme } from './inks.ts'
import { oklch } from './oklch.ts'

/** 1 / φ: multiples of it are spread evenly around the circle of hues, however many there are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2

/** Fills that dots, walls and words are seen on; three steps of lightness tell apart neighbours of one hue. */
const looks = {
  light: { lightness: [0.86, 0.905, 0.95], chroma: 0.05 },
  dark: { lightness: [0.28, 0.34, 0.4], chroma: 0.05 },
} as const satisfies Record<Scheme, { readonly lightness: readonly number[]; readonly chroma: number }>

const tableOf = ({ lightness, chroma }: (typeof looks)[Scheme]): ColourTable =>
  colourTable((i) => {
    const l = lightness[i % lightness.length]
    // The palest are near white, which has no room for colour.
    return oklch(l, Math.min(chroma, 1.1 * (1 - l)), (i * GOLDEN) % 1)
  })

/** The fills of regions by {@link colourOfHash}. */
export const regionColours: Readonly<Record<Scheme, ColourTable>> = {
  light: tableOf(looks.light),
  dark: tableOf(looks.dark),
}

/**
 * The number of a region's colour, below {@link COLOURS}: that of its code, so that a region keeps its colour while its code lives. Of two regions one in 256 pairs has
 * the same.
 *
 * @param first the two words of its hash
 * @example
 * cssOf(regionColours.light, colourOfHash(0x12345678, 0x9abcdef0)) // '#…'
 */
export const colourOfHash = (first: number, second: number): number =>
  // The upper bits of the product depend on all of both words.
  Math.imul(first ^ second, 0x9e3779b1) >>> (32 - Math.log2(COLOURS))

/** A region's fill as CSS writes it. @param hash as `CardFacts.hash` */
export const regionCss = (hash: readonly [number, number], scheme: Scheme): string =>
  cssOf(regionColours[scheme], colourOfHash(...hash))
