import { describe, expect, it } from 'vitest'
import { twoDigits } from '../../text/number.ts'
import { orbitCases } from './cases.ts'
import { renderOrbitMarkdown, renderOrbitText } from './render.ts'
import type { OrbitOutcome } from './run.ts'
import { orbitGapDefaults } from './schema.ts'
import { summarise } from './summarise.ts'

const outcome = (gapDistance: number, alignment: number | null = null): OrbitOutcome => ({
  gapDistance,
  alignment,
  unexplained: null,
  picture: null,
})
const [fixed, learned] = orbitCases

describe('a row of the orbit table', () => {
  it('compares each run with the plain one of its seed', () => {
    const regularized = [outcome(0.1, 0.99), outcome(0.6, 0.9), outcome(0.3, 0.985)]
    const row = summarise(learned, regularized, [outcome(1), outcome(1), outcome(0.5)])
    expect(row).toMatchObject({
      seeds: 3,
      plain: 1,
      regularized: 0.3,
      medianRatio: 0.6,
      helped: 1,
      aligned: 2,
      alignment: 0.985,
      ratios: [0.1, 0.6, 0.6],
    })
  })

  it('leaves out seeds of which a run failed', () => {
    expect(summarise(fixed, [outcome(1), undefined], [outcome(2), outcome(3)])).toMatchObject({
      seeds: 1,
      medianRatio: 0.5,
      helped: 0,
      aligned: null,
      alignment: null,
    })
  })
})

it('tells ratios with two digits, also where they round up to another power of ten', () => {
  const digits = [0.0064, 0.112, 0.996, 1, 6.04, 9.96, 123.4, 0, Number.NaN].map(twoDigits)
  expect(digits).toEqual(['0.0064', '0.11', '1.0', '1.0', '6.0', '10', '123', '0.0', '–'])
})

describe('the orbit table', () => {
  const plain = [outcome(0.05), outcome(0.07)]
  const rows = orbitCases.map((row, i) =>
    summarise(row, [outcome(0.004 * (i + 1), 0.99), outcome(0.02, 0.97)], plain),
  )
  const report = { settings: orbitGapDefaults, rows, failures: ['rotation · AE · seed 3: NaN'] }

  it('fits 120 columns', () => {
    const text = renderOrbitText(report, 120)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
    expect(text).toMatchSnapshot()
  })

  it('fits 80 columns', () => {
    const text = renderOrbitText(report, 80)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('is a Markdown page as well', () => {
    expect(renderOrbitMarkdown(report)).toMatchSnapshot()
  })
})
