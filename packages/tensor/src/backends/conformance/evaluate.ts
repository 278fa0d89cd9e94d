import { upload as uploadRaw } from '../../creation.ts'
import { dispatch } from '../../dispatch.ts'
import { arrayTypes, type DType, type TypedArray } from '../../dtype.ts'
import type { OpName } from '../../op-table.ts'
import { opTable } from '../../op-table.ts'
import { sizeOf } from '../../shape.ts'
import { sharesMemory, type Tensor } from '../../tensor.ts'
import type { Case, Values } from '../../testing/case.ts'

/** What stands in the memory that outputs are given, and around inputs. */
const leftovers: Readonly<Record<DType, number>> = {
  float32: Number.NaN,
  float64: Number.NaN,
  int32: 0x5a5a5a5a,
  uint32: 0x5a5a5a5a,
  bool: 90,
}

/** An input as a tensor of its own, or `offset` elements into a larger one, with as many behind it. */
function upload(
  { dtype, shape, values }: Values,
  offset: number,
): { whole: Tensor; input: Tensor; held: TypedArray } {
  if (offset === 0) {
    const whole = uploadRaw('case', values, shape)
    return { whole, input: whole, held: values }
  }
  const held = new arrayTypes[dtype](values.length + 2 * offset).fill(leftovers[dtype])
  held.set(values, offset)
  const whole = uploadRaw('case', held, [held.length])
  const [part] = dispatch(opTable.slice, [whole], { starts: [offset], sizes: [values.length] })
  const [input] = dispatch(opTable.reshape, [part], { shape })
  part.dispose()
  return { whole, input, held }
}

/** Frees memory of the size of each output that is full of {@link leftovers}: they show where an op does not write an element. */
function freeFilledMemory<N extends OpName>(op: N, { inputs, params }: Case<N>): void {
  for (const { shape, dtype } of opTable[op].outputs(op, inputs, params))
    uploadRaw('case', new arrayTypes[dtype](sizeOf(shape)).fill(leftovers[dtype]), shape).dispose()
}

const sameBits = (a: TypedArray, b: TypedArray): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false
  return true
}

/**
 * The outputs of one call on the active backend, inputs `offset` elements into larger tensors, so that they lie anywhere.
 *
 * @throws Error where an input or what lies around it has changed, or an output shares its memory.
 */
export async function evaluate<N extends OpName>(op: N, c: Case<N>, offset: number): Promise<TypedArray[]> {
  const uploads = c.inputs.map((x) => upload(x, offset))
  freeFilledMemory(op, c)
  const inputs = uploads.map(({ input }) => input)
  const outputs = dispatch(opTable[op], inputs, c.params)
  const results = await Promise.all(outputs.map((output) => output.data()))
  const isView = opTable[op].viewOffset?.(c.inputs, c.params) !== undefined
  for (const [i, { whole, input, held }] of uploads.entries()) {
    if (!sameBits(await whole.data(), held))
      throw new Error(`input ${i}, or what lies beside it, has changed`)
    for (const output of outputs) {
      if (!isView && sharesMemory(output, input)) throw new Error(`an output shares the memory of input ${i}`)
    }
  }
  for (const t of [...outputs, ...inputs, ...uploads.map(({ whole }) => whole)]) t.dispose()
  return results
}

/** @throws Error where two results differ in a bit; NaN is NaN. */
export function expectSameBits(results: readonly TypedArray[], again: readonly TypedArray[]): void {
  if (results.every((result, i) => sameBits(result, again[i]))) return
  throw new Error('a second run, on inputs that lie elsewhere, gives other bits')
}
