import type { HostArray, Layout } from '../work/work.ts'

/*
 * ONNX models are Protocol Buffers; the few nodes needed here are written by hand. Field numbers are those of onnx.proto3
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
const integersAttribute = 7

/** `ValueInfoProto`: a float32 tensor. */
function valueInfo(name: string, shape: readonly number[]): number[] {
  const dimensions = shape.flatMap((size) => bytes(1, integer(1, size)))
  const tensorType = [...integer(1, float32), ...bytes(2, dimensions)]
  return [...text(1, name), ...bytes(2, bytes(1, tensorType))]
}

const integerOf = (name: string, value: number): number[] =>
  bytes(5, [...text(1, name), ...integer(3, value), ...integer(20, integerAttribute)])

const integersOf = (name: string, values: readonly number[]): number[] =>
  bytes(5, [
    ...text(1, name),
    ...values.flatMap((value) => integer(8, value)),
    ...integer(20, integersAttribute),
  ])

/** `NodeProto`. */
const node = (
  operation: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly number[] = [],
): number[] =>
  bytes(1, [
    ...inputs.flatMap((name) => text(1, name)),
    ...text(2, output),
    ...text(4, operation),
    ...attributes,
  ])

/** `TensorProto`: float32 numbers that belong to the model, which lets them be packed when it is loaded. */
const constant = (name: string, { shape, values }: HostArray): number[] =>
  bytes(5, [
    ...shape.flatMap((size) => integer(1, size)),
    ...integer(2, float32),
    ...text(8, name),
    ...bytes(9, [...new Uint8Array(values.buffer, values.byteOffset, values.byteLength)]),
  ])

/** `ModelProto` of one graph. */
const model = (graph: readonly number[]): Uint8Array =>
  Uint8Array.from([...integer(1, 8), ...bytes(7, graph), ...bytes(8, integer(2, 13))])

/** A model of one product, `c = a · b`: `MatMul`, or `Gemm` where an operand is transposed. */
export function productModel(
  a: readonly number[],
  b: readonly number[],
  c: readonly number[],
  layout: Layout,
): Uint8Array {
  const turns = [
    ...integerOf('transA', Number(layout === 'tn')),
    ...integerOf('transB', Number(layout === 'nt')),
  ]
  return model([
    ...(layout === 'nn' ? node('MatMul', ['a', 'b'], 'c') : node('Gemm', ['a', 'b'], 'c', turns)),
    ...text(2, 'product'),
    ...bytes(11, valueInfo('a', a)),
    ...bytes(11, valueInfo('b', b)),
    ...bytes(12, valueInfo('c', c)),
  ])
}

/** A model of one convolution with ReLU, `y = max(x ⋆ weight + bias, 0)`; `Conv` and `Relu` become one kernel when it is loaded. */
export function convModel(
  x: readonly number[],
  weight: HostArray,
  bias: HostArray,
  padding: number,
): Uint8Array {
  const [batch, , ...size] = x
  const pads = integersOf('pads', [padding, padding, padding, padding])
  return model([
    ...node('Conv', ['x', 'weight', 'bias'], 'pre', pads),
    ...node('Relu', ['pre'], 'y'),
    ...text(2, 'convolution'),
    ...constant('weight', weight),
    ...constant('bias', bias),
    ...bytes(11, valueInfo('x', x)),
    ...bytes(12, valueInfo('y', [batch, weight.shape[0], ...size])),
  ])
}
