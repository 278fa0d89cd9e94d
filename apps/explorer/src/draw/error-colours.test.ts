import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { COLOURS, cssOf } from './colour-table.ts'
import { colourOfError, endOfScale, errorAt, errorColours } from './error-colours.ts'
import { type MadePicture, madePicture } from './testing/made-picture.ts'

describe('colours of errors', () => {
  it('go from violet to yellow and get lighter all the way', () => {
    expect(cssOf(errorColours, 0)).toBe('#440154')
    expect(cssOf(errorColours, COLOURS - 1)).toBe('#fde725')
    const greens = Array.from({ length: COLOURS }, (_, i) => errorColours[4 * i + 1])
    expect(greens).toEqual(greens.toSorted((a, b) => a - b))
  })

  it('grow with the distance and stop at the end of the scale', () => {
    expect([0, 1, 4, 16, 100].map((error) => colourOfError(error, 16))).toEqual([0, 64, 128, 255, 255])
    expect(colourOfError(-1e-9, 16)).toBe(0)
  })
})

describe('errors of a picture', () => {
  let made: MadePicture
  beforeAll(async () => {
    await init()
    made = madePicture({ hidden: [16, 16] })
  })

  it('are those of the network', () => {
    const { partition, picture } = made
    for (const region of partition) {
      const { A, b } = region.map()
      for (const [s, t] of region.corners) {
        const wanted = b.reduce((sum, bi, i) => sum + ([s, t][i] - A[i][0] * s - A[i][1] * t - bi) ** 2, 0)
        expect(errorAt(picture.errors, region.index, s, t)).toBeCloseTo(wanted, 4)
      }
    }
  })

  it('have a scale that covers 95 % of the area, within a factor of 2^(1/4), and ends at the largest', () => {
    const { partition, picture } = made
    const end = endOfScale(picture)
    const byError = Array.from(partition, ({ index, area }) => ({
      error: picture.errors[8 * index + 2],
      area,
    }))
    const share = (below: number) =>
      byError.reduce((sum, { error, area }) => sum + (error <= below ? area : 0), 0) / 4
    expect(share(end)).toBeGreaterThanOrEqual(0.95 - 1e-6)
    expect(share(end / 2 ** 0.25)).toBeLessThanOrEqual(0.95)
    expect(endOfScale({ ...picture, worst: { value: end / 3, at: [0, 0] } })).toBe(end / 3)
  })

  it('have a scale where there are none, or all are 0', () => {
    const { picture } = made
    expect(endOfScale({ ...picture, errors: new Float32Array(0) })).toBe(1)
    expect(
      endOfScale({ ...picture, errors: picture.errors.slice().fill(0), worst: { value: 0, at: [0, 0] } }),
    ).toBe(1)
  })
})
