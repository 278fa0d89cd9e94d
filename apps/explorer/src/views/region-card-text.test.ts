import { expect, test } from 'vitest'
import type { CardFacts } from '../work/messages.ts'
import { codeText, regionName, regionText, wallText } from './region-card-text.ts'

const at = { plane: 'input', s: 0.9, t: -0.4 } as const
const code: CardFacts['code'] = [
  { layer: 'encoder 1', count: 2, states: Int32Array.of(1, 0, 1, 0) },
  { layer: 'maxout 1', count: 3, states: Int32Array.of(2, 0) },
]
const neighbour = (units: CardFacts['neighbours'][number]['units']) =>
  ({ hash: [1, 2], at, length: 1, units }) as const

test('a region is named by six digits of its hash, whatever they are', () => {
  expect([0xabcdef12, 0x00001200].map((word) => regionName([word, 7]))).toEqual(['abcdef', '000012'])
})

test('a wall is told by its unit, counted from 1, and what becomes of it', () => {
  const turns = (layer: string, unit: number, state: number) =>
    wallText(neighbour([{ layer, unit, state }]), code)
  expect(turns('encoder 1', 1, 1)).toBe('encoder 1, unit 2 turns on')
  expect(turns('encoder 1', 0, 0)).toBe('encoder 1, unit 1 turns off')
  expect(turns('maxout 1', 0, 1)).toBe('maxout 1, unit 1 turns to state 1')
})

test('of a wall with many units three are named', () => {
  const units = [0, 1, 2, 3].map((unit) => ({ layer: 'encoder 1', unit, state: 1 - code[0].states[unit] }))
  expect(wallText(neighbour(units.slice(0, 2)), code)).toBe(
    'encoder 1, unit 1 turns off and encoder 1, unit 2 turns on',
  )
  expect(wallText(neighbour(units), code)).toMatch(/unit 3 turns off and 1 unit more$/)
})

test('a row of the code says which units are on, and not where all or none are', () => {
  const row = (...states: number[]) =>
    codeText({ layer: 'encoder 1', count: 2, states: Int32Array.from(states) })
  expect(row(1, 0, 1, 0)).toBe('encoder 1: 2 of 4 units on: 1, 3')
  expect(row(1, 1)).toBe('encoder 1: 2 of 2 units on')
  expect(row(0)).toBe('encoder 1: 0 of 1 unit on')
  expect(codeText(code[1])).toBe('maxout 1: states 2 0')
})

test('a selected region is told in one breath', () => {
  const card: CardFacts = {
    at,
    hash: [0xabcdef12, 0],
    code,
    A: Float64Array.of(1),
    b: Float64Array.of(0),
    singularValues: [1],
    rank: 1,
    area: 1,
    unionOf: null,
    neighbours: [neighbour([])],
    samples: [0, 3],
    largestError: { value: 0.0312, at, beside: at },
  }
  expect(regionText(card)).toBe(
    'Region abcdef at (0.9, −0.4): 1 neighbour, 2 training samples in it, a map of rank 1. Its largest error is 0.0312, at (0.9, −0.4).',
  )
  expect(regionText({ ...card, largestError: null })).toMatch(/rank 1\.$/)
})
