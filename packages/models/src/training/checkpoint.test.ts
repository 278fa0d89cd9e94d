import { encodeSafetensors, init, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { Parameter } from '../parameter.ts'
import { checkPosition, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts'
import { initialState } from './state.ts'

beforeAll(() => init())

const parameters = () => [new Parameter('w', tensor([[1, 2]])), new Parameter('w', tensor([3]))]
const moments = () => parameters().map(({ value }) => ({ velocity: value }))

describe('a checkpoint', () => {
  it('keeps every number of a state, also NaN, infinities, −0 and awkward fractions', () => {
    const numbers = { a: NaN, b: -Infinity, c: Infinity, d: -0, e: 0.1 + 0.2, f: Number.MIN_VALUE }
    const state = {
      ...initialState(),
      epoch: 1,
      batch: 2,
      sums: { loss: { sum: NaN, samples: 3 } },
      epochs: [{ epoch: 0, train: numbers, validation: 1 / 3 }],
    }
    const { state: read } = decodeCheckpoint(encodeCheckpoint({}, 'NaN', state, parameters(), moments()))
    expect(read).toEqual(state)
    expect(Object.is(read.epochs[0].train.d, -0)).toBe(true)
  })

  it('keeps parameters of the same name apart', () => {
    const { values, moments: read } = decodeCheckpoint(
      encodeCheckpoint({}, 0, initialState(), parameters(), moments()),
    )
    expect(values.map(({ shape, data }) => [shape, [...data]])).toEqual([
      [
        [1, 2],
        [1, 2],
      ],
      [[1], [3]],
    ])
    expect([...read[1].velocity.data]).toEqual([3])
  })

  it('is told from other safetensors files and other versions', () => {
    expect(() => decodeCheckpoint(encodeSafetensors({}, { format: 'pt' }))).toThrow(
      "fit: resume: expected a training checkpoint, with 'facet.training' in its metadata; found format",
    )
    expect(() => decodeCheckpoint(encodeSafetensors({}, { 'facet.training': '{"version":4}' }))).toThrow(
      'fit: resume: expected a checkpoint of version 2 or 3; found version 4',
    )
  })

  it('may stand at the end of a run, not past it', () => {
    expect(() => checkPosition(2, { ...initialState(), epoch: 2 })).not.toThrow()
    expect(() => checkPosition(2, { ...initialState(), epoch: 2, batch: 1 })).toThrow(
      'expected a checkpoint within 2 epochs',
    )
  })
})
