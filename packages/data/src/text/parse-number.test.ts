import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNumber } from './parse-number.ts'

const parse = (text: string): number => {
  const bytes = new TextEncoder().encode(`x${text}x`)
  return parseNumber(bytes, 1, bytes.length - 1)
}

/** The grammar as one expression. */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

describe('parseNumber', () => {
  it('gives the number that Number gives, to the last bit, however it is written', () => {
    const values = fc.double({ noNaN: true, noDefaultInfinity: true })
    const ways: ((value: number) => string)[] = [
      (value) => String(value),
      (value) => value.toExponential(),
      (value) => value.toExponential(8),
      (value) => value.toPrecision(17),
      (value) => (Math.abs(value) < 1e21 ? value.toFixed(12) : '0'),
    ]
    fc.assert(
      fc.property(values, fc.constantFrom(...ways), (value, way) => {
        expect(parse(way(value))).toBe(Number(way(value)))
      }),
      { numRuns: 3000 },
    )
  })

  it('rounds decimals once: 15 to 20 digits, with powers around the exact ones', () => {
    const digits = fc.array(fc.nat(9), { minLength: 1, maxLength: 20 }).map((list) => list.join(''))
    fc.assert(
      fc.property(digits, digits, fc.integer({ min: -40, max: 40 }), (whole, fraction, power) => {
        const text = `${whole}.${fraction}e${power}`
        expect(parse(text)).toBe(Number(text))
      }),
      { numRuns: 3000 },
    )
  })

  it('refuses whatever is no decimal number, and nothing else', () => {
    const texts = fc
      .array(fc.constantFrom(...'0159+-.eEnaif x_,'), { maxLength: 7 })
      .map((list) => list.join(''))
    fc.assert(
      fc.property(texts, (text) => {
        expect(parse(text)).toBe(decimal.test(text) ? Number(text) : Number.NaN)
      }),
      { numRuns: 5000 },
    )
  })

  it('overflows to infinity and underflows to 0', () => {
    expect([parse('1e999'), parse('-1e999'), parse('1e-999')]).toEqual([Infinity, -Infinity, 0])
    expect(parse(`1e${'9'.repeat(400)}`)).toBe(Infinity)
    expect(parse(`0.${'0'.repeat(400)}1e401`)).toBe(1)
  })
})
