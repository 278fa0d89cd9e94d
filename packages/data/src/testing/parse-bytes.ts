import type { ParsedSamples, SamplesFormat } from '../samples/samples.ts'
import { type SamplesParserOptions, samplesParser } from '../samples/samples-parser.ts'

export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The bytes through a parser, `step` at a time. */
export async function parseBytes(
  format: SamplesFormat,
  bytes: Uint8Array | string,
  options: SamplesParserOptions = {},
  step = Number.POSITIVE_INFINITY,
): Promise<ParsedSamples> {
  const whole = typeof bytes === 'string' ? ascii(bytes) : bytes
  const parser = samplesParser(format, 'the file', options)
  // The piece is wiped afterwards: what a parser keeps, it has to copy.
  for (let at = 0; at < whole.length; at += step) {
    const piece = whole.slice(at, at + step)
    parser.push(piece)
    piece.fill(0x55)
  }
  return parser.end()
}

/** The rows as lists. */
export const rowsOf = ({ values, count, length }: ParsedSamples): number[][] =>
  Array.from({ length: count }, (_, i) => [...values.subarray(i * length, (i + 1) * length)])
