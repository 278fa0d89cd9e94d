import type { Network } from '@facet/models'
import { init, key, rows, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { plainCode, plainLayers } from '../testing/plain-network.ts'
import { plainAndAround, randomNetwork } from '../testing/ray-cases.ts'
import { groupByRegion, regionMembership } from './regions.ts'

beforeAll(() => init())

const [plainCase, aroundCase] = plainAndAround()
const net = (rayCase = plainCase) => randomNetwork(rayCase)
const points = () => key('points').normal([200, 2], 'float64')

function codesOf(network: Network, x: Tensor): string[] {
  const layers = plainLayers(network)
  return (x.toArray() as number[][]).map((row) => plainCode(layers, row))
}

it.each([plainCase, aroundCase])('says which points lie in the region of the same row, $name', (rayCase) => {
  const network = net(rayCase)
  const x = points()
  const other = rows(points(), 100, 200)
  const codes = codesOf(network, x)
  const expected = codesOf(network, other).map((code, n) => Number(code === codes[n]))
  expect(regionMembership(network, network.regionCode(rows(x, 0, 100)), other).toArray()).toEqual(expected)
  expect(expected).toContain(0)
  expect(expected).toContain(1)
})

it('holds all points against a single region', () => {
  const network = net()
  const x = points()
  const codes = codesOf(network, x)
  const inFirst = regionMembership(network, network.regionCode(rows(x, 0, 1)), x).toArray() as number[]
  expect(inFirst).toEqual(codes.map((code) => Number(code === codes[0])))
  expect(inFirst.filter((member) => member === 1).length).toBeGreaterThan(1)
})

it('refuses points of another width and codes of another network', () => {
  const network = net()
  const x = points()
  expect(() => regionMembership(network, network.regionCode(x), tensor([[1]], { dtype: 'float64' }))).toThrow(
    'regionMembership: expected x float64 [N, 2], got float64 [1, 1]',
  )
  expect(() => regionMembership(network, net().regionCode(x), x)).toThrow('expected two codes of one network')
})

it.each([plainCase, aroundCase])(
  'numbers regions in order of appearance and names a sample of each, $name',
  (rayCase) => {
    const network = net(rayCase)
    const x = points()
    const codes = codesOf(network, x)
    const distinct = [...new Set(codes)]
    const { group, representatives } = groupByRegion(network.regionCode(x))
    expect([...group]).toEqual(codes.map((code) => distinct.indexOf(code)))
    expect([...representatives]).toEqual(distinct.map((code) => codes.indexOf(code)))
    expect(distinct.length).toBeGreaterThan(5)
  },
)
