import { grad } from '@facet/autograd'
import { type Network, type RegionCode, withValues } from '@facet/models'
import { init, key, square, sub, sum, type Tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { dichotomicNeighbour } from '../neighbours/dichotomic-neighbour.ts'
import type { Neighbour } from '../neighbours/neighbour.ts'
import { randomPairs } from '../neighbours/random-pairs.ts'
import { plainAndAround, randomNetwork } from '../testing/ray-cases.ts'
import { exactNeighbour } from './exact-neighbour.ts'

beforeAll(() => init())

const searches: Record<string, (network: Network, theta: Tensor, second: Tensor) => Neighbour> = {
  dichotomicNeighbour,
  exactNeighbour,
  randomPairs,
}

const cases = Object.keys(searches).flatMap((name) =>
  plainAndAround().map((rayCase) => [name, rayCase] as const),
)

it.each(cases)('%s gives a loss the gradient it has with the neighbours held, %o', (name, rayCase) => {
  const net = randomNetwork(rayCase)
  const theta = key('theta').normal([15, 2], 'float64')
  const second = key('second').normal([15, 2], 'float64')
  const held = searches[name](net, theta, second)
  const lossBetween = (code: RegionCode) => sum(square(sub(net.jacobian(theta), net.jacobian(code))))
  const gradientOf = (code: () => RegionCode) =>
    grad((values: readonly Tensor[]) => withValues(net.parameters, values, () => lossBetween(code())))(
      net.parameters.map((parameter) => parameter.value),
    )
  const searched = gradientOf(() => {
    const neighbour = searches[name](net, theta, second)
    expect(neighbour.point.interpreter).toBe(null)
    expect(neighbour.point.toArray()).toEqual(held.point.toArray())
    return neighbour.code
  })
  const expected = gradientOf(() => held.code)
  expect(searched.map((t) => t.toArray())).toEqual(expected.map((t) => t.toArray()))
  expect(sum(square(searched[0])).item()).toBeGreaterThan(1e-3)
})
