import {
  activate,
  add,
  applySlopes,
  averagePool2d,
  init,
  keep,
  key,
  maxPool2d,
  mul,
  ones,
  pickWinners,
  placeWinners,
  reluActivation,
  scope,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  upsample2d,
} from '@facet/tensor'
import { record, rewrite } from '@facet/tensor/dispatch'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkGradients } from '../check-gradients.ts'
import { grad } from '../grad.ts'
import { jvp } from '../jvp.ts'
import { f64, wave } from '../testing/close.ts'
import { vjp } from '../vjp.ts'

beforeAll(() => init())

const overlapping = { kernel: 3, stride: 2, padding: 1 } as const
const size = [7, 8] as const

describe('the derivative of maxPool2d', () => {
  it('of a tie goes to its first element alone, of a NaN to the first NaN', () => {
    const slopes = (values: number[]): unknown => {
      const x = tensor([[values]], { dtype: 'float64' })
      return grad((q: Tensor) => sum(maxPool2d(q, { kernel: [1, values.length] }).output))(x).toArray()
    }
    expect(slopes([1, 2, 2])).toEqual([[[0, 1, 0]]])
    expect(slopes([0, -0])).toEqual([[[1, 0]]])
    expect(slopes([3, Number.NaN, Number.NaN])).toEqual([[[0, 1, 0]]])
  })

  it('is what picking and placing say, forward and reverse, with the code of the same pass', () => {
    const x = wave([2, 3, ...size])
    const { output, code } = maxPool2d(x, overlapping)
    const [t, g] = [sub(1, square(wave(x.shape))), square(wave(output.shape))]
    const f = (q: Tensor): Tensor => maxPool2d(q, overlapping).output
    expect(jvp(f, x, t).tangent.toArray()).toEqual(pickWinners(code, t, overlapping).toArray())
    expect(vjp(f, x).pullback(g).toArray()).toEqual(placeWinners(code, g, { ...overlapping, size }).toArray())
  })

  it('agrees with central differences behind other ops, twice', () => {
    const x = wave([1, 2, 5, 5])
    const f = (q: Tensor): Tensor =>
      sum(square(maxPool2d(upsample2d(square(q), [1, 2]), { kernel: [3, 2], stride: [1, 2] }).output))
    checkGradients(f, x)
    checkGradients((q: Tensor) => square(grad(f)(q)), x)
  })

  it('a code is constant: no gradient goes through it', () => {
    const x = wave([1, 1, 4, 4])
    const f = (q: Tensor): Tensor => {
      const { code } = maxPool2d(q, { kernel: 2 })
      expect(code.interpreter).toBeNull()
      return sum(pickWinners(code, mul(q, 3), { kernel: 2 }))
    }
    const { code } = maxPool2d(x, { kernel: 2 })
    const expected = placeWinners(code, mul(ones([1, 1, 2, 2], 'float64'), 3), { kernel: 2, size: [4, 4] })
    expect(grad(f)(x).toArray()).toEqual(expected.toArray())
  })
})

it('the derivative of an activation alone is applySlopes of its code', () => {
  const x = f64([-1, 2, 0, -0, Number.NaN])
  const { code } = activate(x, reluActivation)
  const g = f64([1, 2, 3, 4, 5])
  const f = (q: Tensor): Tensor => activate(q, reluActivation).output
  expect(vjp(f, x).pullback(g).toArray()).toEqual(applySlopes(code, g, reluActivation).toArray())
  expect(jvp(f, x, g).tangent.toArray()).toEqual([0, 2, 0, 0, 0])
})

it.each(['float32', 'float64'] as const)(
  'a recorded step that pools, activates and differentiates gives the same bits again, %s',
  (dtype) => {
    const loss = (q: Tensor): Tensor => {
      const large = activate(upsample2d(q, 2), reluActivation).output
      const pooled = maxPool2d(large, overlapping).output
      return sum(square(add(averagePool2d(pooled, { kernel: 2 }), maxPool2d(pooled, { kernel: 2 }).output)))
    }
    const inputs = [1, 2, 3].map((seed) =>
      Float64Array.from({ length: 2 * 3 * 56 }, (_, i) => Math.sin(seed * i + i * i)),
    )
    const values = inputs.map((x) => (dtype === 'float32' ? Float32Array.from(x) : x))
    const x = keep(tensor(values[0], { shape: [2, 3, ...size] }))
    const { recording, obstacle } = record(key('step'), () => keep(scope(() => grad(loss)(x))))
    expect(obstacle).toBeNull()
    for (const numbers of values) {
      rewrite(x, numbers)
      recording!.replay(key('step'))
      expect(recording!.result.dataSync()).toEqual(grad(loss)(x).dataSync())
    }
    recording!.dispose()
  },
)
