import type { Kernel } from '../../backend.ts'
import { isFloat, type TypedArray } from '../../dtype.ts'
import type { None } from '../../op-params.ts'
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

export const where: Kernel<TypedArray, None> = ([condition, x, y], [z]) => {
  const c = condition.buffer
  const a = x.buffer
  const b = y.buffer
  const out = z.buffer
  const loop = planLoop(z.shape, [condition.shape, x.shape, y.shape])
  const sc = loop.innerStrides[0]
  const sa = loop.innerStrides[1]
  const sb = loop.innerStrides[2]
  loop.forEach((at, starts) => {
    let pc = starts[0]
    let pa = starts[1]
    let pb = starts[2]
    const end = at + loop.inner
    for (let i = at; i < end; i++, pc += sc, pa += sa, pb += sb) out[i] = c[pc] !== 0 ? a[pa] : b[pb]
  })
}

/** Copies a broadcast input. */
export const broadcastTo: Kernel<TypedArray, unknown> = ([x], [y]) => {
  const a = x.buffer
  const out = y.buffer
  const loop = planLoop(y.shape, [x.shape])
  const stride = loop.innerStrides[0]
  loop.forEach((at, starts) => {
    let p = starts[0]
    const end = at + loop.inner
    for (let i = at; i < end; i++, p += stride) out[i] = a[p]
  })
}

/** Rounds halves to the even neighbour, and what is below 0 to −0 at most, as IEEE 754 and numpy do. */
export function roundHalfEven(x: number): number {
  const down = Math.floor(x)
  const rest = x - down
  if (rest < 0.5) return down
  if (rest > 0.5) return Math.ceil(x)
  return rest === 0.5 ? (down % 2 === 0 ? down : Math.ceil(x)) : x
}

/** IEEE 754's power: that of JavaScript, which has NaN for these, but with 1 for 1 to the power of anything and for (−1)^±∞. */
export const power = (a: number, b: number): number =>
  a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b

/** e⁻ˣ is ∞ from −710 on, where sigmoid is 1e-308 and not 0; there, and long before, it is eˣ. */
export const sigmoid = (x: number): number => (x < -700 ? Math.exp(x) : 1 / (1 + Math.exp(-x)))
