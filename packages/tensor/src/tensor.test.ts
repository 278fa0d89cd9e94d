import { inspect } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { init, ones, tensor } from './index.ts'

beforeAll(() => init())

describe('a printed tensor', () => {
  it('shows its numbers while it is small', () => {
    expect(inspect(tensor([[1, 2]]))).toBe('Tensor([1, 2] float32) [ [ 1, 2 ] ]')
    expect(inspect({ loss: tensor(0.5) })).toBe('{ loss: Tensor([] float32) 0.5 }')
    expect(inspect(ones([101]))).toBe('Tensor([101] float32)')
    expect(`${tensor([1])}`).toBe('Tensor([1] float32)')
  })

  it('says that it is released instead of throwing', () => {
    const t = ones([2])
    t.dispose()
    expect(inspect(t)).toBe('Tensor([2] float32), released')
  })
})

it('writes its numbers as JSON, and nothing of the engine', () => {
  expect(JSON.stringify({ w: tensor([[1, 2]]), ok: tensor(true) })).toBe('{"w":[[1,2]],"ok":1}')
})

it('compared with another does not lead to all others that are alive', () => {
  const alive = Array.from({ length: 20_000 }, () => ones([1]))
  const [x, y] = [ones([2]), ones([2])]
  expect(x).not.toBe(y)
  expect(x).not.toEqual(ones([3]))
  for (const t of alive) t.dispose()
})
