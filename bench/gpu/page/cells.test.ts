import { expect, it } from 'vitest'
import { cellOf } from './cells.ts'

const timing = { title: '', seconds: [] }
const found = {
  name: 'affine',
  base: 'gpu with codes',
  timings: [
    { ...timing, entry: 'gpu with codes', medianSeconds: 0.0123, ratio: null },
    { ...timing, entry: 'gpu without codes', medianSeconds: 0.01, ratio: { value: 0.9, low: 0.8, high: 1 } },
    { ...timing, entry: 'tfjs-webgl', medianSeconds: 0.02, ratio: { value: 2, low: 1.5, high: 2.5 } },
  ],
  omitted: [
    { entry: 'naive', reason: 'only products' },
    { entry: 'wasm with codes', reason: 'refused: number 0' },
  ],
}

it('shows the time of the base and the ratios of others, each way on its line', () => {
  expect(cellOf('gpu', found).lines).toEqual([
    { value: '12.3 ms', interval: '', variant: 'with codes' },
    { value: '0.900 ×', interval: '[0.800, 1.00]', variant: 'without codes' },
  ])
  expect(cellOf('tfjs-webgl', found).lines).toEqual([
    { value: '2.00 ×', interval: '[1.50, 2.50]', variant: '' },
  ])
})

it('gives the reason where somebody is left out, and takes no one for another whose name begins alike', () => {
  expect(cellOf('naive', found)).toEqual({ lines: [], reason: 'only products' })
  expect(cellOf('wasm', found).reason).toBe('refused: number 0')
  expect(cellOf('tfjs', found)).toEqual({ lines: [], reason: '' })
})
