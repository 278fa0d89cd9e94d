import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { randomStack, stacks } from '../testing/kind-cases.ts'
import { networkOf, type PlainLayer } from '../testing/plain-network.ts'
import { faultsOf, neighboursOf, normalRows } from '../testing/ray-cases.ts'
import { traceRay } from '../testing/ray-oracle.ts'
import { times } from '../testing/scaled-network.ts'
import { scaledStack, withInnerScale } from '../testing/scaled-stack.ts'

beforeAll(() => init())

type DType = 'float32' | 'float64'
const RAYS = 60
/** Octaves to 1e20 in float32 and 1e155 in float64: squares of such numbers have no place in the dtype. */
const FAR = { float32: 67, float64: 515 } as const

const inDtype = (layers: readonly PlainLayer[], dtype: DType): PlainLayer[] =>
  JSON.parse(JSON.stringify(layers), (_, x) =>
    typeof x === 'number' && dtype === 'float32' ? Math.fround(x) : x,
  )

const cases = (['float32', 'float64'] as const).flatMap((dtype) =>
  Object.keys(stacks).map((name) => [name, dtype] as const),
)

describe.each(cases)('exactNeighbour, scales of %s in %s', (name, dtype) => {
  const far = FAR[dtype]
  const rows = (what: string) => normalRows(`${name} ${what}`, RAYS, stacks[name].inputs, dtype)
  const times2 = (x: number[][], exponent: number) =>
    x.map((row) => row.map((value) => times(value, exponent)))

  it.each([
    [far, 0, 0],
    [-far, 0, 0],
    [0, far, 0],
    [0, -far, 0],
    [0, 0, far],
    [0, 0, -far],
    [far >> 1, -(far >> 1), far >> 1],
    [-(far >> 1), far >> 1, far],
  ])('finds the same walls with θ 2^%i, the first weights 2^%i and v 2^%i as large', (size, first, speed) => {
    const layers = inDtype(randomStack(name, true), dtype)
    const [theta, direction] = [rows('from'), rows('to')]
    const plain = neighboursOf(networkOf(layers, dtype), theta, direction)
    const other = neighboursOf(
      networkOf(scaledStack(layers, size, first), dtype),
      times2(theta, size),
      times2(direction, speed),
    )
    other.forEach(({ found, code, t, point }, n) => {
      expect({ found, code }).toEqual({ found: plain[n].found, code: plain[n].code })
      expect(times(t, speed - size)).toBe(plain[n].t)
      expect(point.map((x) => times(x, -size))).toEqual(plain[n].point)
    })
    expect(other.filter(({ found }) => found).length).toBeGreaterThan(RAYS / 3)
  })
})

const residuals = cases.filter(([name]) => name.startsWith('residuals'))

describe.each(residuals)('exactNeighbour, %s in %s', (name, dtype) => {
  // A maximum over numbers that are 0 but for what is inside is not told apart where that is below their rounding errors.
  const small = name.includes('pooling') ? [] : dtype === 'float32' ? [-60] : [-300, -200]
  const moderate = dtype === 'float32' ? [-20, 20] : [-20, 20, 200]
  const far = dtype === 'float32' ? [60, ...small] : [400, ...small]

  it.each([...moderate, ...far])(
    'is right where what is inside is 2^%i as large as what goes past it',
    (exponent) => {
      const layers = withInnerScale(inDtype(randomStack(name, true), dtype), exponent)
      const [theta, direction] = ['from', 'to'].map((what) =>
        normalRows(`${name} ${what}`, RAYS, stacks[name].inputs, dtype),
      )
      const rays = neighboursOf(networkOf(layers, dtype), theta, direction).map((result, n) => ({
        result,
        truth: traceRay(layers, theta[n], direction[n]),
      }))
      const apart = dtype === 'float32' ? 1e-4 : 1e-9
      const clear = rays.filter(({ truth: { t, next } }) => t === Infinity || next - t > apart * (1 + t))
      // Numbers that are too small beside others of a row are not told from 0.
      const told = clear.filter(({ result }) => !Number.isNaN(result.t))
      expect(faultsOf(told, dtype === 'float32' ? 1e-3 : 1e-9)).toEqual([])
      if (moderate.includes(exponent)) expect(told.length).toBeGreaterThan(0.8 * RAYS)
    },
  )
})
