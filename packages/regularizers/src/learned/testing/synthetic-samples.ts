import { key, type Tensor, tensor } from '@facet/tensor'

/** A template of a few swings, u from 0 to 1. */
const template = (u: number): number =>
  Math.sin(2 * Math.PI * u) + 0.6 * Math.cos(6 * Math.PI * u + 0.5) + 0.4 * Math.sin(10 * Math.PI * u)

/** Smooth on [0, 1]: three waves with random amounts, of deviation `size`. */
function smoothFields(count: number, size: number, seed: string): ((u: number) => number)[] {
  return Array.from({ length: count }, (_, n) => {
    const [a, b, c, shift] = key(seed).child(n).normalArray(4)
    return (u) =>
      (size / Math.sqrt(1.5)) *
      (a * Math.cos(2 * u + shift) + b * Math.sin(4 * u + shift) + c * Math.cos(6 * u - shift))
  })
}

const seriesOf = (count: number, length: number, at: (n: number, u: number) => number): Tensor =>
  tensor(
    Array.from({ length: count }, (_, n) => Array.from({ length }, (_, t) => at(n, t / (length - 1)))),
    { dtype: 'float64' },
  )

/** Random smooth warps of one template, [count, length] in float64. */
export function warpedSeries(count: number, length: number, size = 0.02, seed = 'warps'): Tensor {
  const fields = smoothFields(count, size, seed)
  return seriesOf(count, length, (n, u) => template(u + fields[n](u)))
}

/** The template times exp of random smooth fields, [count, length] in float64. */
export function modulatedSeries(count: number, length: number, size = 0.3, seed = 'amplitudes'): Tensor {
  const fields = smoothFields(count, size, seed)
  return seriesOf(count, length, (n, u) => template(u) * Math.exp(fields[n](u)))
}

/** Two blobs in an image, moved about by a few pixels together: [count, height·width] in float64. */
export function movedImages(count: number, height: number, width: number): Tensor {
  const shifts = Array.from({ length: count }, (_, n) => key('moved').child(n).normalArray(2))
  const blob = (x: number, y: number, wide: number): number =>
    Math.exp(-(x ** 2 + (1.3 * y) ** 2) / wide ** 2)
  return tensor(
    shifts.map(([across, down]) =>
      Array.from({ length: height * width }, (_, p) => {
        const [x, y] = [(p % width) - width / 2 - across, Math.floor(p / width) - height / 2 - down]
        return blob(x, y, height / 5) - 0.6 * blob(x - 4, y + 2, height / 6)
      }),
    ),
    { dtype: 'float64' },
  )
}
