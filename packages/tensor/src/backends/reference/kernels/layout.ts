import type { TypedArray } from '../../../dtype.ts'
import { stridesOf } from '../../../shape.ts'
import { distancesOf, stretchStrides } from '../../strides.ts'
import { splitAtAxis } from '../axis.ts'
import { type Loop, planLoop, stridedLoop } from '../loop.ts'
import type { KernelFamily } from './family.ts'

/** Fills `out`, element by element of the loop, with what `a` holds from `base` on. */
function copy(out: TypedArray, loop: Loop, a: TypedArray, base: number): void {
  const step = loop.innerStrides[0]
  loop.forEach((at, starts) => {
    let p = base + starts[0]
    const end = at + loop.inner
    for (let i = at; i < end; i++, p += step) out[i] = a[p]
  })
}

/** @throws RangeError outside the axis. */
function checkIndex(op: string, index: number, length: number): void {
  if (!(index >= 0 && index < length))
    throw new RangeError(`${op}: index ${index} is outside an axis of length ${length}`)
}

export const layoutKernels = {
  transpose([x], [y], { axes }) {
    const strides = stridesOf(x.shape)
    const moved = axes.map((axis) => strides[axis])
    copy(y.buffer, stridedLoop(y.shape, [moved]), x.buffer, 0)
  },

  broadcastTo([x], [y]) {
    copy(y.buffer, planLoop(y.shape, [x.shape]), x.buffer, 0)
  },

  slice([x], [y], { starts, steps }) {
    const strides = stridesOf(x.shape)
    const base = starts.reduce((at, start, i) => at + start * strides[i], 0)
    stretchStrides(strides, steps)
    copy(y.buffer, stridedLoop(y.shape, [strides]), x.buffer, base)
  },

  flip([x], [y], { axes }) {
    const strides = stridesOf(x.shape)
    let base = 0
    for (const axis of axes) {
      base += (x.shape[axis] - 1) * strides[axis]
      strides[axis] = -strides[axis]
    }
    copy(y.buffer, stridedLoop(y.shape, [strides]), x.buffer, base)
  },

  pad([x], [y], { padding, value, interior }) {
    y.buffer.fill(value)
    const strides = stridesOf(y.shape)
    const base = padding.reduce((at, p, i) => at + p[0] * strides[i], 0)
    stretchStrides(strides, distancesOf(interior))
    const loop = stridedLoop(x.shape, [strides])
    const step = loop.innerStrides[0]
    loop.forEach((at, starts) => {
      let p = base + starts[0]
      const end = at + loop.inner
      for (let i = at; i < end; i++, p += step) y.buffer[p] = x.buffer[i]
    })
  },

  concat(inputs, [y], { axis }) {
    const [outer, total, inner] = splitAtAxis(y.shape, axis)
    const width = total * inner
    let offset = 0
    for (const x of inputs) {
      const length = x.shape[axis] * inner
      for (let o = 0; o < outer; o++) {
        for (let j = 0; j < length; j++) y.buffer[o * width + offset + j] = x.buffer[o * length + j]
      }
      offset += length
    }
  },

  gather([x, indices], [y], { axis }) {
    const [outer, length, inner] = splitAtAxis(x.shape, axis)
    let at = 0
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < indices.size; i++) {
        checkIndex('gather', indices.buffer[i], length)
        const from = (o * length + indices.buffer[i]) * inner
        for (let j = 0; j < inner; j++) y.buffer[at++] = x.buffer[from + j]
      }
    }
  },

  scatterAdd([updates, indices], [y], { axis }) {
    const [outer, size, inner] = splitAtAxis(y.shape, axis)
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
  },

  takeAlongAxis([x, indices], [y], { axis }) {
    const [, length] = splitAtAxis(x.shape, axis)
    const [outer, count, inner] = splitAtAxis(y.shape, axis)
    let at = 0
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < inner; j++, at++) {
          checkIndex('takeAlongAxis', indices.buffer[at], length)
          y.buffer[at] = x.buffer[(o * length + indices.buffer[at]) * inner + j]
        }
      }
    }
  },

  addAlongAxis([updates, indices], [y], { axis }) {
    const [outer, count, inner] = splitAtAxis(updates.shape, axis)
    const size = y.shape[axis]
    const totals = new Float64Array(y.size)
    let at = 0
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < inner; j++, at++) {
          checkIndex('addAlongAxis', indices.buffer[at], size)
          totals[(o * size + indices.buffer[at]) * inner + j] += updates.buffer[at]
        }
      }
    }
    y.buffer.set(totals)
  },

  oneHot([indices], [y], { depth }) {
    y.buffer.fill(0)
    for (let i = 0; i < indices.size; i++) {
      const index = indices.buffer[i]
      if (index >= 0 && index < depth) y.buffer[i * depth + index] = 1
    }
  },
} satisfies KernelFamily
