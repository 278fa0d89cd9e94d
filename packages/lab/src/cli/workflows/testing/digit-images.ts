import { writeFileSync } from 'node:fs'
import { randomOf } from './random.ts'

const side = 16

/** Where the pen goes for each digit, as shares of the picture. */
const strokes: readonly (readonly (readonly [number, number])[])[] = [
  // 0
  [
    [0.5, 0.15],
    [0.25, 0.35],
    [0.25, 0.65],
    [0.5, 0.85],
    [0.75, 0.65],
    [0.75, 0.35],
    [0.5, 0.15],
  ],
  // 1
  [
    [0.4, 0.3],
    [0.52, 0.15],
    [0.52, 0.85],
  ],
  // 4
  [
    [0.65, 0.85],
    [0.65, 0.15],
    [0.2, 0.6],
    [0.85, 0.6],
  ],
  // 7
  [
    [0.2, 0.18],
    [0.8, 0.18],
    [0.4, 0.85],
  ],
]

/** The digits that there are. */
export const digits = [0, 1, 4, 7] as const

/** Writes handwritten digits as MNIST has them: bytes in IDX, images and labels in a file each. @returns the labels */
export function writeDigits(images: string, labels: string, count: number, seed: number): number[] {
  const { uniform, normal } = randomOf(seed)
  const kinds = Array.from({ length: count }, () => Math.floor(digits.length * uniform()))
  const pixels = new Uint8Array(count * side * side)
  kinds.forEach((kind, i) => {
    const slant = 0.12 * normal()
    const [left, top] = [0.03 * normal(), 0.03 * normal()]
    const size = 1 + 0.06 * normal()
    const points = strokes[kind].map(([x, y]) => [
      0.5 + size * (x - 0.5 + slant * (0.5 - y)) + left + 0.015 * normal(),
      0.5 + size * (y - 0.5) + top + 0.015 * normal(),
    ])
    for (let at = 0; at < side * side; at++) {
      const x = ((at % side) + 0.5) / side
      const y = (Math.floor(at / side) + 0.5) / side
      const ink = Math.max(...points.slice(1).map((end, k) => inkOf(points[k], end, x, y)))
      pixels[i * side * side + at] = Math.round(255 * ink)
    }
  })
  writeFileSync(images, Buffer.concat([idxHead(count, side, side), pixels]))
  writeFileSync(labels, Buffer.concat([idxHead(count), Uint8Array.from(kinds, (kind) => digits[kind])]))
  return kinds.map((kind) => digits[kind])
}

/** Black on the line from one point to another, and less beside it. */
function inkOf([ax, ay]: number[], [bx, by]: number[], x: number, y: number): number {
  const [dx, dy] = [bx - ax, by - ay]
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)
  const t = Math.min(1, Math.max(0, along))
  return Math.exp(-((Math.hypot(x - ax - t * dx, y - ay - t * dy) / 0.06) ** 2))
}

/** Bytes (0x08) of so many dimensions. */
function idxHead(...sizes: number[]): Buffer {
  const head = Buffer.alloc(4 + 4 * sizes.length)
  head.writeUInt8(8, 2)
  head.writeUInt8(sizes.length, 3)
  sizes.forEach((size, k) => head.writeUInt32BE(size, 4 + 4 * k))
  return head
}
