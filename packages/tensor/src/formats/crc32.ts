import { checkBytes } from './array-data.ts'

/** x³² + x²⁶ + x²³ + … + 1 with its bits reversed: ISO 3309, as in zip, gzip and PNG. */
const POLYNOMIAL = 0xedb88320

/** Bytes taken in one step. On 64 MiB in Node 20: 1 at a time 0.46 GB/s, 4 0.83, 8 1.15, 16 1.19. */
const STEP = 8

/** `tables[256 · k + b]`: what byte `b` adds to the remainder when `k` more bytes follow. */
const tables = /* @__PURE__ */ makeTables()

/**
 * CRC-32 of bytes, as zip, gzip, PNG and Python's `zlib.crc32` compute it, from 0 to 2³² − 1. It finds every change of
 * up to 32 bits in a row; it is no protection against intent.
 *
 * @throws TypeError for anything but bytes
 * @example
 * crc32(new TextEncoder().encode('123456789')).toString(16) // 'cbf43926', the check value of the standard
 */
export function crc32(bytes: Uint8Array): number {
  checkBytes('crc32', bytes)
  const t = tables
  const whole = bytes.length - (bytes.length % STEP)
  let crc = -1
  let i = 0
  for (; i < whole; i += STEP) {
    // The remainder so far meets the first four bytes; seven bytes follow the first of them.
    crc =
      t[1792 + ((crc ^ bytes[i]) & 255)] ^
      t[1536 + (((crc >>> 8) ^ bytes[i + 1]) & 255)] ^
      t[1280 + (((crc >>> 16) ^ bytes[i + 2]) & 255)] ^
      t[1024 + ((crc >>> 24) ^ bytes[i + 3])] ^
      t[768 + bytes[i + 4]] ^
      t[512 + bytes[i + 5]] ^
      t[256 + bytes[i + 6]] ^
      t[bytes[i + 7]]
  }
  for (; i < bytes.length; i++) crc = t[(crc ^ bytes[i]) & 255] ^ (crc >>> 8)
  return (crc ^ -1) >>> 0
}

function makeTables(): Int32Array {
  const t = new Int32Array(256 * STEP)
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte
    for (let bit = 0; bit < 8; bit++) {
      remainder = remainder & 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1
    }
    t[byte] = remainder
  }
  for (let at = 256; at < t.length; at++) t[at] = t[t[at - 256] & 255] ^ (t[at - 256] >>> 8)
  return t
}
