import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  addAlongAxis,
  type DType,
  full,
  init,
  keep,
  key,
  type Tensor,
  takeAlongAxis,
  tensor,
  zeros,
} from '../../index.ts'
import { record } from '../../record.ts'
import { asTensor, at, build, indicesOf, type Plain, plain, shapesOfRank } from '../../testing/arrays.ts'

const numbersOf = (t: Tensor): number[] => [...t.dataSync()]
const int32 = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: 'int32' })

/** A tensor, an axis of it, and indices in the same shape but for the axis, or with lengths of 1 that stretch. */
const cases = fc
  .tuple(
    plain(shapesOfRank(1, 1)),
    fc.nat(3),
    fc.nat(4),
    fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  )
  .chain(([x, anyAxis, count, ones]) => {
    const axis = anyAxis % x.shape.length
    const shape = x.shape.map((l, i) => (i === axis ? count : ones[i] ? 1 : l))
    return plain(fc.constant(shape), fc.nat(x.shape[axis] - 1)).map((indices) => ({ x, axis, indices }))
  })

/** The index at a place of the result. */
const indexAt = (indices: Plain, place: readonly number[], axis: number): number =>
  at(
    indices,
    place.map((v, i) => (i === axis || indices.shape[i] > 1 ? v : 0)),
  )

describe.each(['wasm', 'reference'] as const)('on %s', (backend) => {
  beforeEach(() => init({ backend }))

  it('takeAlongAxis takes by indices of each line, which stretch along the other axes', () => {
    fc.assert(
      fc.property(cases, ({ x, axis, indices }) => {
        const y = takeAlongAxis(asTensor(x), asTensor(indices, 'int32'), axis)
        const shape = x.shape.with(axis, indices.shape[axis])
        expect(y.shape).toEqual(shape)
        expect(numbersOf(y)).toEqual(build(shape, (i) => at(x, i.with(axis, indexAt(indices, i, axis)))))
      }),
    )
  })

  it('addAlongAxis adds up what meets, by indices of each line that may stretch', () => {
    fc.assert(
      fc.property(cases, ({ x, axis, indices }) => {
        const shape = x.shape.with(axis, indices.shape[axis])
        const updates = { shape, values: build(shape, (i) => i.reduce((total, v) => 5 * total + v, 1)) }
        const y = addAlongAxis(asTensor(updates), asTensor(indices, 'int32'), x.shape[axis], axis)
        const want = new Map<string, number>()
        for (const i of indicesOf(shape)) {
          const to = String(i.with(axis, indexAt(indices, i, axis)))
          want.set(to, (want.get(to) ?? 0) + at(updates, i))
        }
        expect(y.shape).toEqual(x.shape)
        expect(numbersOf(y)).toEqual(build(x.shape, (i) => want.get(String(i)) ?? 0))
      }),
    )
  })

  it('updates stretch along the axis too', () => {
    expect(addAlongAxis(tensor([[2]]), int32([[0, 0, 1]]), 3).toArray()).toEqual([[4, 2, 0]])
  })

  it.each(['float32', 'float64', 'int32', 'uint32', 'bool'] as DType[])('%s is taken', (dtype) => {
    const x = tensor(
      [
        [1, 0, 1],
        [0, 1, 1],
      ],
      { dtype },
    )
    const y = takeAlongAxis(
      x,
      int32([
        [2, 1],
        [0, 0],
      ]),
    )
    expect([y.dtype, y.toArray()]).toEqual([
      dtype,
      [
        [1, 0],
        [0, 0],
      ],
    ])
  })

  it('x stretches too, and there may be more indices than elements', () => {
    const y = takeAlongAxis(
      tensor([[10, 20]]),
      int32([
        [0, 1, 1],
        [1, 1, 0],
      ]),
      1,
    )
    expect(y.toArray()).toEqual([
      [10, 20, 20],
      [20, 20, 10],
    ])
  })

  it('many float32 updates at one index add up in float64', () => {
    const count = 2 ** 24 + 2
    const y = addAlongAxis(full([count], 1), zeros([count], 'int32'), 2)
    expect(y.toArray()).toEqual([count, 0])
  })

  it('integers wrap around, and nothing is added to an axis of 0', () => {
    const top = tensor(new Uint32Array([2 ** 32 - 1, 3]))
    expect(addAlongAxis(top, int32([0, 0]), 1).toArray()).toEqual([2])
    expect(addAlongAxis(zeros([2, 0]), zeros([2, 0], 'int32'), 0).shape).toEqual([2, 0])
    expect(addAlongAxis(zeros([2, 0]), zeros([2, 0], 'int32'), 2).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(takeAlongAxis(zeros([2, 0]), zeros([2, 0], 'int32')).shape).toEqual([2, 0])
  })

  it('what is refused is named', () => {
    const x = zeros([2, 3])
    const outside = (index: number): RangeError =>
      new RangeError(`takeAlongAxis: index ${index} is outside an axis of length 3`)
    expect(() => takeAlongAxis(x, int32([[3], [0]]))).toThrow(outside(3))
    expect(() => takeAlongAxis(x, int32([[0], [-1]]))).toThrow(outside(-1))
    expect(() => addAlongAxis(x, int32([[0, 1, 4]]), 4)).toThrow(
      'addAlongAxis: index 4 is outside an axis of length 4',
    )
    expect(() => takeAlongAxis(x, tensor([[0]]))).toThrow(
      new TypeError('takeAlongAxis: expected int32 indices, got float32'),
    )
    expect(() => takeAlongAxis(x, int32([0]))).toThrow(
      'takeAlongAxis: expected indices of rank 2, as [2, 3] is, got [1]',
    )
    expect(() => takeAlongAxis(x, int32([[0], [1], [2]]))).toThrow(
      'takeAlongAxis: shapes do not broadcast: [2, 1] and [3, 1]',
    )
    expect(() => addAlongAxis(x, int32([[0], [1], [2]]), 4)).toThrow(
      'addAlongAxis: shapes do not broadcast: [2, 3] and [3, 1]',
    )
    expect(() => takeAlongAxis(x, int32([[0]]), 2)).toThrow(
      'takeAlongAxis: axis 2 is not in a tensor of rank 2',
    )
    expect(() => addAlongAxis(x, int32([[0]]), -1)).toThrow(
      'addAlongAxis: size: expected an integer of at least 0, got -1',
    )
    expect(() => addAlongAxis(zeros([1], 'bool'), int32([0]), 1)).toThrow(
      'addAlongAxis: expected numbers, got bool',
    )
    expect(() => takeAlongAxis([1] as never, int32([0]))).toThrow(
      'takeAlongAxis: expected a tensor, got an array of 1',
    )
    expect(() => takeAlongAxis(x, [0] as never)).toThrow(
      'takeAlongAxis: expected a tensor, got an array of 1',
    )
  })
})

it('both are replayed without a look at the numbers', async () => {
  await init({ backend: 'wasm' })
  const [step, at] = [
    key('step'),
    keep(
      int32([
        [0, 2],
        [1, 1],
      ]),
    ),
  ]
  const run = (from: ReturnType<typeof key>): Tensor[] => {
    const x = from.normal([2, 3])
    return [takeAlongAxis(x, at, 1), addAlongAxis(takeAlongAxis(x, at, 1), at, 3, 1)]
  }
  const { recording, obstacle } = record(step, () => run(step).map(keep))
  expect(obstacle).toBeNull()
  recording!.replay(key('a'))
  expect(recording!.result.map(numbersOf)).toEqual(run(key('a')).map(numbersOf))
  recording!.dispose()
})
