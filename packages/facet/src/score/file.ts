import { expectSame, fail, rowOf } from './fail.ts'
import { type List, product } from './list.ts'

/** What a header says of one tensor. */
interface Entry {
  readonly dtype: string
  readonly shape: List
  readonly data_offsets: List
}

/** A safetensors file. */
export interface ModelFile {
  /** The value of an entry of the metadata, which is JSON; `null` where there is none. */
  json<T>(name: string): T | null
  /** The numbers of a tensor. @throws Error unless there is one, of this shape if one is given */
  tensor(name: string, shape?: List): Float64Array
}

/** By the dtypes of models. */
const arrays = { F32: Float32Array, F64: Float64Array }

/** @throws Error for bytes that are cut short, or no safetensors file. */
export function openFile(bytes: Uint8Array | ArrayBuffer): ModelFile {
  // Tied tensors are in a file once for each of their names.
  // Of a Node Buffer, which may lie in the middle of a pool, a copy.
  const file = new Uint8Array(bytes)
  const start = 8 + file.slice(0, 8).reduceRight((length, byte) => length * 256 + byte, 0)
  if (file.length < start) fail('bytes', start, file.length)
  const header = JSON.parse(new TextDecoder().decode(file.slice(8, start)))
  const json = (name: string) => JSON.parse(header.__metadata__?.[name] ?? null)
  return {
    json,
    tensor(name, expected) {
      const {
        shape,
        dtype,
        data_offsets: [from, to],
      }: Entry = header[name] ?? fail(name, expected, null)
      expectSame(name, expected ?? shape, shape)
      const numbers = new (rowOf(name, arrays, dtype))(file.slice(start + from, start + to).buffer)
      expectSame(name, product(shape), numbers.length)
      return new Float64Array(numbers)
    },
  }
}
