import { type Tensor, tensor } from '@facet/tensor'

/** Four smooth series [4, length] of a few swings, in float64: the same functions at every length. */
export function smoothSeries(length: number): Tensor {
  return tensor(
    [0, 1, 2, 3].map((n) =>
      Array.from({ length }, (_, t) => {
        const u = t / (length - 1)
        return Math.sin(2 * Math.PI * (u + 0.1 * n)) + 0.5 * Math.cos(Math.PI * (n + 1) * u) + 0.3 * n
      }),
    ),
    { dtype: 'float64' },
  )
}

/** Two smooth images [2, channels·side·side] that vanish well before the edge, in float64. */
export function smoothImages(side: number, channels = 1): Tensor {
  const at = (i: number): number => (2 * i + 1) / side - 1
  return tensor(
    [0, 1].map((n) =>
      Array.from({ length: channels * side * side }, (_, p) => {
        const [x, y] = [at(p % side), at(Math.floor(p / side) % side)]
        const channel = Math.floor(p / (side * side))
        const bump = Math.exp(-((x - 0.1 * n) ** 2 + (y + 0.1 * channel) ** 2) / 0.08)
        return bump * (1 + x - 0.5 * y * (n + 1))
      }),
    ),
    { dtype: 'float64' },
  )
}
