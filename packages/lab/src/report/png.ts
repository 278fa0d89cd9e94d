import { deflateSync } from 'node:zlib'
import { crc32 } from '@facet/tensor'

const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10)

/** Colour types of PNG by the number of channels. */
const colourTypes: Readonly<Record<number, number>> = { 1: 0, 3: 2 }

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/**
 * An 8-bit PNG.
 *
 * @param samples height × width × channels, row by row; 0 is black, 1 full; what lies outside is clamped.
 * @param channels 1 (grey) or 3 (red, green, blue)
 */
export function encodePng(
  samples: ArrayLike<number>,
  { width, height, channels }: { readonly width: number; readonly height: number; readonly channels: number },
): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  header[9] = colourTypes[channels]
  const stride = width * channels
  // Each line begins with its filter, 0: none.
  const lines = new Uint8Array(height * (stride + 1))
  for (let i = 0; i < height * stride; i++) {
    const clamped = Math.min(1, Math.max(0, samples[i]))
    lines[Math.floor(i / stride) * (stride + 1) + 1 + (i % stride)] = Math.round(255 * clamped)
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', new Uint8Array(0)),
  ])
}

/** A PNG as an address that needs no request. */
export const pngUrl = (png: Uint8Array): string =>
  `data:image/png;base64,${Buffer.from(png).toString('base64')}`
