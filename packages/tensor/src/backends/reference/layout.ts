import type { Kernel } from '../../backend.ts'
import type { TypedArray } from '../../dtype.ts'
import type { OpParams } from '../../op-params.ts'
import { stridesOf } from '../../shape.ts'
import { stridedLoop } from './loop.ts'

type K<N extends keyof OpParams> = Kernel<TypedArray, OpParams[N]>
const product = (list: readonly number[]): number => list.reduce((n, length) => n * length, 1)

/** Copies into `out` reading `a` from `base` on with any strides. */
function copyStrided(
  out: TypedArray,
  shape: readonly number[],
  a: TypedArray,
  strides: number[],
  base: number,
): void {
  const loop = stridedLoop(shape, [strides])
  const step = loop.innerStrides[0]
  loop.forEach((at, starts) => {
    let p = base + starts[0]
    const end = at + loop.inner
    for (let i = at; i < end; i++, p += step) out[i] = a[p]
  })
}

export const transpose: K<'transpose'> = ([x], [y], { axes }) => {
  const strides = stridesOf(x.shape)
  copyStrided(
    y.buffer,
    y.shape,
    x.buffer,
    axes.map((axis) => strides[axis]),
    0,
  )
}

export const slice: K<'slice'> = ([x], [y], { starts }) => {
  const strides = stridesOf(x.shape)
  copyStrided(
    y.buffer,
    y.shape,
    x.buffer,
    strides,
    starts.reduce((at, start, i) => at + start * strides[i], 0),
  )
}

export const flip: K<'flip'> = ([x], [y], { axes }) => {
  const strides = stridesOf(x.shape)
  let base = 0
  for (const axis of axes) {
    base += (x.shape[axis] - 1) * strides[axis]
    strides[axis] = -strides[axis]
  }
  copyStrided(y.buffer, y.shape, x.buffer, strides, base)
}

export const pad: K<'pad'> = ([x], [y], { padding, value }) => {
  y.buffer.fill(value)
  const strides = stridesOf(y.shape)
  const base = padding.reduce((at, p, i) => at + p[0] * strides[i], 0)
  const loop = stridedLoop(x.shape, [strides])
  const step = loop.innerStrides[0]
  loop.forEach((at, starts) => {
    let p = base + starts[0]
    const end = at + loop.inner
    for (let i = at; i < end; i++, p += step) y.buffer[p] = x.buffer[i]
  })
}

export const concat: K<'concat'> = (inputs, [y], { axis }) => {
  const inner = product(y.shape.slice(axis + 1))
  const outer = product(y.shape.slice(0, axis))
  const width = y.shape[axis] * inner
  let offset = 0
  for (const x of inputs) {
    const length = x.shape[axis] * inner
    for (let o = 0; o < outer; o++) {
      for (let j = 0; j < length; j++) y.buffer[o * width + offset + j] = x.buffer[o * length + j]
    }
    offset += length
  }
}

/** @throws RangeError outside the axis. */
function checkIndex(op: string, index: number, length: number): void {
  if (!(index >= 0 && index < length))
    throw new RangeError(`${op}: index ${index} is outside an axis of length ${length}`)
}

export const gather: K<'gather'> = ([x, indices], [y], { axis }) => {
  const length = x.shape[axis]
  const inner = product(x.shape.slice(axis + 1))
  const outer = product(x.shape.slice(0, axis))
  let at = 0
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < indices.size; i++) {
      checkIndex('gather', indices.buffer[i], length)
      const from = (o * length + indices.buffer[i]) * inner
      for (let j = 0; j < inner; j++) y.buffer[at++] = x.buffer[from + j]
    }
  }
}

export const scatterAdd: K<'scatterAdd'> = ([updates, indices], [y], { axis, size }) => {
  const inner = product(updates.shape.slice(axis + indices.shape.length))
  const outer = product(updates.shape.slice(0, axis))
  const totals = new Float64Array(y.size)
  let at = 0
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < indices.size; i++) {
      checkIndex('scatterAdd', indices.buffer[i], size)
      const to = (o * size + indices.buffer[i]) * inner
      for (let j = 0; j < inner; j++) totals[to + j] += updates.buffer[at++]
    }
  }
  y.buffer.set(totals)
}

export const oneHot: K<'oneHot'> = ([indices], [y], { depth }) => {
  y.buffer.fill(0)
  for (let i = 0; i < indices.size; i++) {
    const index = indices.buffer[i]
    if (index >= 0 && index < depth) y.buffer[i * depth + index] = 1
  }
}

/** Below 0 where magnitude a comes before b: the larger, NaN before all numbers. */
function bySize(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a))
  return a === b ? 0 : b - a
}

export const topKMask: K<'topKMask'> = ([x], [y], { k }) => {
  const length = x.shape[x.shape.length - 1]
  const order = Array.from({ length }, (_, i) => i)
  y.buffer.fill(0)
  for (let at = 0; at < x.size; at += length) {
    order.sort((p, q) => bySize(Math.abs(x.buffer[at + p]), Math.abs(x.buffer[at + q])) || p - q)
    for (let i = 0; i < k; i++) y.buffer[at + order[i]] = 1
  }
}
