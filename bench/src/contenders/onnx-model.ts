import type { Layout } from '../work/work.ts'

/*
 * ONNX models are Protocol Buffers; the one node needed here is written by hand. Field numbers are those of onnx.proto3
 * (ONNX 1.16).
 */

function varint(value: number): number[] {
  const bytes: number[] = []
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128)
  return [...bytes, value]
}

const integer = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)]
const bytes = (field: number, content: readonly number[]): number[] => [
  field * 8 + 2,
  ...varint(content.length),
  ...content,
]
const text = (field: number, value: string): number[] => bytes(field, [...new TextEncoder().encode(value)])

const float32 = 1
const integerAttribute = 2

/** `ValueInfoProto`: a float32 tensor. */
function valueInfo(name: string, shape: readonly number[]): number[] {
  const dimensions = shape.flatMap((size) => bytes(1, integer(1, size)))
  const tensorType = [...integer(1, float32), ...bytes(2, dimensions)]
  return [...text(1, name), ...bytes(2, bytes(1, tensorType))]
}

const attribute = (name: string, value: number): number[] =>
  bytes(5, [...text(1, name), ...integer(3, value), ...integer(20, integerAttribute)])

/** A model of one product, `c = a · b`: `MatMul`, or `Gemm` where an operand is transposed. */
export function productModel(
  a: readonly number[],
  b: readonly number[],
  c: readonly number[],
  layout: Layout,
): Uint8Array {
  const operation = layout === 'nn' ? 'MatMul' : 'Gemm'
  const flags =
    layout === 'nn'
      ? []
      : [...attribute('transA', Number(layout === 'tn')), ...attribute('transB', Number(layout === 'nt'))]
  const node = [...text(1, 'a'), ...text(1, 'b'), ...text(2, 'c'), ...text(4, operation), ...flags]
  const graph = [
    ...bytes(1, node),
    ...text(2, 'product'),
    ...bytes(11, valueInfo('a', a)),
    ...bytes(11, valueInfo('b', b)),
    ...bytes(12, valueInfo('c', c)),
  ]
  const operators = integer(2, 13)
  return Uint8Array.from([...integer(1, 8), ...bytes(7, graph), ...bytes(8, operators)])
}
