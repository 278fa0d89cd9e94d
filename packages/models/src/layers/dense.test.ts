import { init, reluActivation, tensor } from '@facet/tensor'
import { beforeAll, expect, test } from 'vitest'
import { Dense } from './dense.ts'

beforeAll(() => init())

const weight = () =>
  tensor([
    [1, 2],
    [3, 4],
    [-1, -1],
  ])

test('a dense layer returns its output and its states from one pass', () => {
  const layer = new Dense({
    name: 'layer',
    weight: weight(),
    bias: tensor([0, -20, 1]),
    activation: reluActivation,
  })
  const { output, code } = layer.forward(tensor([[1, 2]]))
  expect(output.toArray()).toEqual([[5, 0, 0]])
  expect(code.map((words) => words.toArray())).toEqual([[[0b001]]])
  expect(layer.groups).toEqual([{ units: 3, states: 2 }])
  expect([layer.inputs, layer.outputs]).toEqual([[2], [3]])
})

test('a weight that is no matrix is refused', () => {
  expect(
    () => new Dense({ name: 'a', weight: tensor([1, 2]), bias: null, activation: reluActivation }),
  ).toThrow("Dense 'a': expected a weight [out, in], got [2]")
})

test('a bias of another length or dtype is refused', () => {
  const build = (bias: ReturnType<typeof tensor>) => () =>
    new Dense({ name: 'a', weight: weight(), bias, activation: reluActivation })
  expect(build(tensor([1, 2]))).toThrow("Dense 'a': weight [3, 2] expects a bias [3], got [2]")
  expect(build(tensor([[1, 2, 3]]))).toThrow(/expects a bias \[3\], got \[1, 3\]/)
  expect(build(tensor([1, 2, 3], { dtype: 'float64' }))).toThrow(
    "Dense 'a': expected weight and bias of one dtype, got float32 and float64",
  )
})

test('what a layer is not made of is refused', () => {
  const whole = { name: 'a', weight: weight(), bias: null, activation: reluActivation }
  const build = (wrong: object) => () => new Dense({ ...whole, ...wrong })
  expect(build({ activations: 'relu' })).toThrow(
    "Dense: unknown option 'activations'; did you mean 'activation'?",
  )
  expect(build({ weight: [[1]] })).toThrow('Dense: weight: expected a tensor, got an array of 1')
  expect(build({ bias: undefined })).toThrow('Dense: bias: expected a tensor or null, got undefined')
  expect(build({ activation: 'relu' })).toThrow(
    "Dense: activation: expected an activation such as reluActivation, got 'relu'",
  )
})
