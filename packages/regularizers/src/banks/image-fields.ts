import { exponential } from '@facet/tensor/checks'
import { bumpWidth, centres } from './bumps.ts'

/** Displacements of the plane in units of the image's half side, a pair of functions (across, down) of (x, y) ∈ [−1, 1]². */
export type Field = readonly [across: Height, down: Height]

type Height = (x: number, y: number) => number

const zero: Height = () => 0

/** Where the outermost bumps are. */
const extent = 0.8

/** `∂x, x ∂x, y ∂x, ∂y, x ∂y, y ∂y`: they span every affine map. */
const affine: readonly Field[] = both([() => 1, (x) => x, (_, y) => y])

/**
 * Gaussian bumps at 4 × 4 centres on [−0.8, 0.8]², line after line, first across, then down
 * (docs/mathematics.md 6.1).
 */
const local: readonly Field[] = both(bumps(4))

/** What an image bank is made of, in the order of ε: the fields of each letter and their prior scale. */
export const imageParts: Readonly<
  Record<string, { readonly fields: readonly Field[]; readonly priorScale: number }>
> = {
  a: { fields: affine, priorScale: 0.08 },
  l: { fields: local, priorScale: 0.04 },
}

function both(heights: readonly Height[]): Field[] {
  return [...heights.map((h): Field => [h, zero]), ...heights.map((h): Field => [zero, h])]
}

function bumps(side: number): Height[] {
  const places = centres(-extent, extent, side)
  const width = (bumpWidth * 2 * extent) / (side - 1)
  return places.flatMap((v) =>
    places.map(
      (u): Height =>
        (x, y) =>
          exponential((-0.5 * ((x - u) ** 2 + (y - v) ** 2)) / width ** 2),
    ),
  )
}

/** The middle of pixel i of n on [−1, 1]. */
const middle = (i: number, n: number): number => (2 * i + 1) / n - 1

/** Displacements in pixels at the middle of every pixel: [fields, height, width, 2], across before down. */
export function fieldsInPixels(fields: readonly Field[], height: number, width: number): Float64Array {
  const values = new Float64Array(fields.length * height * width * 2)
  let at = 0
  for (const [across, down] of fields) {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        const [x, y] = [middle(j, width), middle(i, height)]
        values[at++] = (width / 2) * across(x, y)
        values[at++] = (height / 2) * down(x, y)
      }
    }
  }
  return values
}

/** `side` × `side` of those bumps, divided by their sum in every pixel, so that together they are 1: [side², height·width]. */
export function imageBumps(side: number, height: number, width: number): Float64Array {
  const heights = bumps(side)
  const area = height * width
  const values = new Float64Array(heights.length * area)
  for (let p = 0; p < area; p++) {
    const [x, y] = [middle(p % width, width), middle(Math.floor(p / width), height)]
    const here = heights.map((bump) => bump(x, y))
    const total = here.reduce((sum, value) => sum + value, 0)
    here.forEach((value, b) => {
      values[b * area + p] = value / total
    })
  }
  return values
}
