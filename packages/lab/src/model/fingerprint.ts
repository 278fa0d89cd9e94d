import { createHash } from 'node:crypto'
import type { SamplesFile } from '@facet/data/node'

type Numbers = SamplesFile['values']

/** A checksum of numbers and shape, and of what is said beside them. */
function checksumOf(values: Numbers, { count, length }: SamplesFile, beside: readonly string[]): string {
  const dtype = values instanceof Float32Array ? 'float32' : 'float64'
  const hash = createHash('sha256')
    .update(`${dtype} ${count}x${length}\n`)
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  for (const text of beside) hash.update(text)
  return hash.digest('hex')
}

/** What tells these samples from others: their numbers, and what puts them in order. */
export function fingerprintOf(samples: SamplesFile): string {
  const { values, time, group } = samples
  const order = [time?.times, group?.values].map((list) =>
    list === undefined ? '' : JSON.stringify([...list]),
  )
  return checksumOf(values, samples, order)
}

/** Whether a training was begun with these samples. Up to 0.1.0 the numbers were compared as float32. */
export const isOf = (samples: SamplesFile, sha256: string): boolean =>
  fingerprintOf(samples) === sha256 || checksumOf(Float32Array.from(samples.values), samples, []) === sha256
