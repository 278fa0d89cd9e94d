import { type GeneratorBank, learnedBank } from '@facet/regularizers'
import { init, key, type Tensor, tensor } from '@facet/tensor'
import { beforeEach, expect, it } from 'vitest'
import {
  type BankName,
  type BankSource,
  bankNames,
  bankOf,
  learnedOrderOf,
  recipeOf,
} from './generator-banks.ts'

beforeEach(() => init())

const [count, length] = [24, 32]

/** Smooth series, each a sine of a phase of its own. */
const series = (): Tensor =>
  tensor(
    Array.from({ length: count }, (_, i) =>
      Array.from({ length }, (_, t) => Math.SQRT2 * Math.sin((2 * Math.PI * t) / length + 0.9 * i)),
    ),
  )

const sourceOf = (train: Tensor): BankSource => ({ length, image: null, train, key: key('bank') })

/** What a bank makes of the samples for ε all 0.3. */
const movedBy = (bank: GeneratorBank, train: Tensor): number[] => [
  ...bank.act(train, tensor(Array.from({ length: count }, () => new Array(bank.size).fill(0.3)))).dataSync(),
]

it.each(bankNames)('makes %s of any samples, with and without amplitude, the same each time', (name) => {
  const train = series()
  const banks = [true, false].map((amplitude) => bankOf(sourceOf(train), { bank: name, amplitude }))
  for (const bank of banks) expect(bank.dimension).toBe(length)
  const [swollen, moved] = banks.map((bank) => movedBy(bank, train).join())
  expect(swollen).not.toBe(moved)
  expect(movedBy(bankOf(sourceOf(train), { bank: name }), train).join()).toBe(swollen)
})

it('gives time warps and amplitudes where nothing else is asked for, and warps alone without amplitude', () => {
  const source = sourceOf(series())
  expect(bankOf(source).name).toBe('series WA')
  expect(bankOf(source, { amplitude: false }).name).toBe('series W')
  expect(recipeOf(source, 'given')).toBe(null)
})

it('learns by patches from the training part as the library does', () => {
  const train = series()
  const own = learnedBank(train, { key: key('bank') })
  expect(movedBy(bankOf(sourceOf(train), { bank: 'learned' }), train)).toEqual(movedBy(own, train))
})

it('learns images in their shape', () => {
  const train = key('images').normal([12, 36])
  const image = { height: 6, width: 6, channels: 1 }
  const bank = bankOf({ length: 36, image, train, key: key('bank') }, { bank: 'learned' })
  expect(bank.settings.shape).toBe('6×6×1')
})

it('finds the order of columns that it has shuffled itself, where a random order explains little', () => {
  const train = series()
  const source = sourceOf(train)
  const { order, found } = learnedOrderOf(source)
  expect(found).toBe(true)
  const steps = [...order].slice(1).map((place, k) => Math.abs(place - order[k]))
  // The sine is a closed line: its path may begin anywhere.
  expect(steps.filter((step) => step === 1 || step === length - 1).length).toBeGreaterThan(0.9 * (length - 1))
  const orderOf = (bank: BankName) => [...recipeOf(source, bank)!.order!]
  expect(orderOf('learnedOrder')).toEqual([...order])
  expect(orderOf('wrongOrder').sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, t) => t))
  expect(recipeOf(source, 'learned')!.order).toBe(null)
})
