import { init, key, type matmul } from '@facet/tensor'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { network } from '../build/network.ts'
import { randomPoints } from '../testing/random-models.ts'

/** Shapes of the left operands of every product since the last test began. */
const products: (readonly number[])[] = []

vi.mock('@facet/tensor', async (importOriginal) => {
  const tensorPackage = await importOriginal<typeof import('@facet/tensor')>()
  const recorded: typeof matmul = (a, b, options) => {
    products.push(a.shape)
    return tensorPackage.matmul(a, b, options)
  }
  return { ...tensorPackage, matmul: recorded }
})

beforeAll(() => init())
beforeEach(() => {
  products.length = 0
})

function jacobianOf(sizes: readonly number[]): number[] {
  const net = network({ sizes, activations: 'relu', key: key(0), dtype: 'float64' })
  return [...net.jacobian(randomPoints(0, 5, net.inputs)).shape]
}

test('a decoder pushes one tangent for each latent dimension, in one product a layer for the whole batch', () => {
  expect(jacobianOf([3, 20, 20, 40])).toEqual([5, 40, 3])
  expect(products).toEqual([
    [5 * 3, 20],
    [5 * 3, 20],
  ])
})

test('an encoder pulls one row back for each latent dimension, in one product a layer for the whole batch', () => {
  expect(jacobianOf([40, 20, 20, 3])).toEqual([5, 3, 40])
  expect(products).toEqual([
    [5 * 3, 20],
    [5 * 3, 20],
  ])
})

test('of two layers, where columns and rows take the same products, the fewer of them are carried', () => {
  expect(jacobianOf([40, 20, 3])).toEqual([5, 3, 40])
  expect(jacobianOf([3, 20, 40])).toEqual([5, 40, 3])
  expect(products).toEqual([
    [5 * 3, 20],
    [5 * 3, 20],
  ])
})
