import fc from 'fast-check'
import type { DType } from '../dtype.ts'
import { sizeOf } from '../shape.ts'
import type { ArrayData } from './array-data.ts'

const constraints = (length: number) => ({ minLength: length, maxLength: length })

/** Arbitrary contents of one dtype, NaN, infinities and −0 among the floats. */
const contents: Record<DType, (length: number) => fc.Arbitrary<ArrayData['data']>> = {
  float32: (length) => fc.float32Array(constraints(length)),
  float64: (length) => fc.float64Array(constraints(length)),
  int32: (length) => fc.int32Array(constraints(length)),
  uint32: (length) => fc.uint32Array(constraints(length)),
  bool: (length) => fc.uint8Array({ ...constraints(length), max: 1 }),
}

/** Arrays of every dtype, up to rank 4, scalars and empty ones among them. */
export const arrays: fc.Arbitrary<ArrayData> = fc
  .record({
    dtype: fc.constantFrom(...(Object.keys(contents) as DType[])),
    shape: fc.array(fc.nat(4), { maxLength: 4 }),
  })
  .chain(({ dtype, shape }) => contents[dtype](sizeOf(shape)).map((data) => ({ dtype, shape, data })))

/** A `.npy` file with this header text, followed by `data`. */
export function npyFile(header: string, data: Uint8Array = new Uint8Array(0), version = [1, 0]): Uint8Array {
  const text = new TextEncoder().encode(header)
  const length = [text.length % 256, text.length >> 8]
  const bytes = Array.from('NUMPY', (c) => c.charCodeAt(0))
  // biome-ignore format: the layout of the file
  return Uint8Array.from([
    0x93, ...bytes, ...version, ...length, ...(version[0] >= 2 ? [0, 0] : []),
    ...text, ...data,
  ])
}

/** A file with a few bytes changed, cut off or added. */
export const mutations = (file: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc.nat(file.length).map((length) => file.slice(0, length)),
    fc.uint8Array({ minLength: 1, maxLength: 9 }).map((tail) => Uint8Array.from([...file, ...tail])),
    fc
      .array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
      .map((changes) => {
        const changed = file.slice()
        for (const [at, byte] of changes) changed[at] = byte
        return changed
      }),
  )
