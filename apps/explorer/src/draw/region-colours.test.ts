import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { COLOURS, cssOf } from './colour-table.ts'
import { colourOfHash, regionColours, regionCss } from './region-colours.ts'
import { type MadePicture, madePicture } from './testing/made-picture.ts'

/** Relative luminance of WCAG 2. */
const luminance = (css: string): number => {
  const [red, green, blue] = [1, 3, 5].map((from) => {
    const x = Number.parseInt(css.slice(from, from + 2), 16) / 255
    return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (a: string, b: string): number => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}
const all = Array.from({ length: COLOURS }, (_, i) => i)

describe('fills of regions', () => {
  it.each([
    ['light', '#1a1d21', '#c2185b'],
    ['dark', '#e8eaed', '#ff7aa8'],
  ] as const)('in %s colours let ink be read and samples be seen', (scheme, ink, accent) => {
    const fills = all.map((i) => cssOf(regionColours[scheme], i))
    expect(Math.min(...fills.map((fill) => contrast(fill, ink)))).toBeGreaterThan(4.5)
    expect(Math.min(...fills.map((fill) => contrast(fill, accent)))).toBeGreaterThan(3)
  })

  it('are 200 different ones at least', () => {
    expect(new Set(all.map((i) => cssOf(regionColours.light, i))).size).toBeGreaterThan(200)
    expect(new Set(all.map((i) => cssOf(regionColours.dark, i))).size).toBeGreaterThan(200)
  })

  it('are the same for the same hash, and told from the hash alone', () => {
    expect(regionCss([7, 11], 'light')).toBe(cssOf(regionColours.light, colourOfHash(7, 11)))
    expect(colourOfHash(7, 11)).not.toBe(colourOfHash(8, 11))
    expect(colourOfHash(7, 11)).not.toBe(colourOfHash(7, 12))
  })

  describe('of a network', () => {
    let made: MadePicture
    beforeAll(async () => {
      await init()
      made = madePicture({ hidden: [24, 24] })
    })

    it('are spread over the table and differ between nearly all neighbours', () => {
      const { partition, picture } = made
      const colours = Array.from({ length: picture.regions }, (_, i) =>
        colourOfHash(picture.hashes[2 * i], picture.hashes[2 * i + 1]),
      )
      let [same, pairs] = [0, 0]
      for (const region of partition)
        for (const { region: other } of region.neighbours) {
          pairs++
          if (colours[other] === colours[region.index]) same++
        }
      expect(pairs).toBeGreaterThan(500)
      // One in 256 is expected.
      expect(same / pairs).toBeLessThan(0.02)
      expect(new Set(colours).size).toBeGreaterThan(100)
    })
  })
})
