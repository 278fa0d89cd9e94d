import { grad } from '@facet/autograd'
import { init, mul, scope, sum, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, expect, test } from 'vitest'
import { Parameter, withValues } from './parameter.ts'

beforeAll(() => init())

test('a parameter outlives the scope it was made in', () => {
  const parameter = scope(() => new Parameter('p', tensor([1, 2])))
  expect(parameter.value.toArray()).toEqual([1, 2])
  const hidden: Parameter[] = []
  scope(() => {
    hidden.push(new Parameter('q', tensor([3])))
  })
  expect(hidden[0].value.toArray()).toEqual([3])
})

test('withValues shows other values to a function and puts the old ones back', () => {
  const parameter = new Parameter('p', tensor([1, 2]))
  const own = parameter.value
  expect(withValues([parameter], [tensor([3, 4])], () => parameter.value.toArray())).toEqual([3, 4])
  expect(parameter.value).toBe(own)
})

test('withValues puts the old values back after an error', () => {
  const parameter = new Parameter('p', tensor([1, 2]))
  const own = parameter.value
  const fail = () => {
    throw new Error('inside')
  }
  expect(() => withValues([parameter], [tensor([3, 4])], fail)).toThrow('inside')
  expect(parameter.value).toBe(own)
})

test('withValues lets a gradient reach a parameter', () => {
  const parameter = new Parameter('p', tensor([1, 2]))
  const model = () => sum(mul(parameter.value, parameter.value))
  const gradient = grad((value: Tensor) => withValues([parameter], [value], model))(parameter.value)
  expect(gradient.toArray()).toEqual([2, 4])
})

test('withValues refuses values that do not fit and changes nothing', () => {
  const parameter = new Parameter('p', tensor([1, 2]))
  const own = parameter.value
  const never = () => {
    throw new Error('was run')
  }
  expect(() => withValues([parameter], [], never)).toThrow(
    'withValues: expected 1 values, one for each parameter, got 0',
  )
  expect(() => withValues([parameter], [tensor([1, 2, 3])], never)).toThrow(
    "withValues: parameter 'p': expected shape [2], got [3]",
  )
  expect(parameter.value).toBe(own)
})

test('an option that a parameter does not have is refused', () => {
  const make = (options: object) => () => new Parameter('p', tensor([1]), options)
  expect(make({ learningrate: 1 })).toThrow(
    "Parameter 'p': unknown option 'learningrate'; did you mean 'learningRate'?",
  )
  expect(make({ learningRate: -1 })).toThrow(
    "Parameter 'p': learningRate: expected a finite number of at least 0",
  )
})
