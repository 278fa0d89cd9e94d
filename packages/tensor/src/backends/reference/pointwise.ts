import type { Kernel } from '../../backend.ts'
import { isFloat, type TypedArray } from '../../dtype.ts'
import type { None } from '../../op.ts'
import { type Loop, planLoop } from './loop.ts'

/** Applies `f` to each element. */
export const unary =
  (f: (x: number) => number): Kernel<TypedArray, None> =>
  ([x], [y]) => {
    const a = x.buffer
    const out = y.buffer
    for (let i = 0; i < out.length; i++) out[i] = f(a[i])
  }

/** Another kernel for whole numbers, whose products wrap modulo 2³²: in float64 they would lose their last bits from 2⁵³ on. */
export const orWhole =
  <P>(kernel: Kernel<TypedArray, P>, whole: Kernel<TypedArray, P>): Kernel<TypedArray, P> =>
  (inputs, outputs, params) =>
    (isFloat(inputs[0].dtype) ? kernel : whole)(inputs, outputs, params)

/** Applies `f` to each pair of broadcast elements. */
export const binary =
  (f: (a: number, b: number) => number): Kernel<TypedArray, None> =>
  ([x, y], [z]) => {
    const a = x.buffer
    const b = y.buffer
    const out = z.buffer
    if (a.length === out.length && b.length === out.length) {
      for (let i = 0; i < out.length; i++) out[i] = f(a[i], b[i])
      return
    }
    if (b.length === 1) {
      const right = b[0]
      for (let i = 0; i < out.length; i++) out[i] = f(a[i], right)
      return
    }
    const loop: Loop = planLoop(z.shape, [x.shape, y.shape])
    const sa = loop.innerStrides[0]
    const sb = loop.innerStrides[1]
    loop.forEach((at, starts) => {
      let pa = starts[0]
      let pb = starts[1]
      const end = at + loop.inner
      for (let i = at; i < end; i++, pa += sa, pb += sb) out[i] = f(a[pa], b[pb])
    })
  }

/** Applies `f` to each triple of broadcast elements. */
export const ternary =
  (f: (a: number, b: number, c: number) => number): Kernel<TypedArray, None> =>
  ([w, x, y], [z]) => {
    const a = w.buffer
    const b = x.buffer
    const c = y.buffer
    const out = z.buffer
    const loop = planLoop(z.shape, [w.shape, x.shape, y.shape])
    const [sa, sb, sc] = loop.innerStrides
    loop.forEach((at, starts) => {
      let pa = starts[0]
      let pb = starts[1]
      let pc = starts[2]
      const end = at + loop.inner
      for (let i = at; i < end; i++, pa += sa, pb += sb, pc += sc) out[i] = f(a[pa], b[pb], c[pc])
    })
  }
