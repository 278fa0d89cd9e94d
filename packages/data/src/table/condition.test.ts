import { describe, expect, it } from 'vitest'
import { comparisons, meets, parseCondition } from './condition.ts'

const met = (condition: string, text: string): boolean => meets(parseCondition(condition), text)

describe('a condition', () => {
  it('compares numbers as numbers, however they are written', () => {
    expect(met('Class=0', '0.0')).toBe(true)
    expect(met('Class=1e1', ' 10 ')).toBe(true)
    expect(met('temp>=9', '10')).toBe(true)
    expect(met('temp<9', '10')).toBe(false)
    expect(met('temp != 3', '3.00')).toBe(false)
    expect(met('t<-1', '-2')).toBe(true)
  })

  it('tells whole numbers apart that float64 does not', () => {
    expect(met('id=9007199254740993', '9007199254740992')).toBe(false)
    expect(met('id>9007199254740992', '9007199254740993')).toBe(true)
    expect(met('id>1.5', '9007199254740993')).toBe(true)
  })

  it('compares texts as texts, dates among them', () => {
    expect(met('kind=a', 'a')).toBe(true)
    expect(met('kind!=a', 'A')).toBe(true)
    expect(met('day>=2023-05-01', '2023-06-01')).toBe(true)
    expect(met('day>=2023-05-01', '2023-04-30')).toBe(false)
    expect(met('kind=', '')).toBe(true)
  })

  it('puts no text below or above a number: a missing value is not a large one', () => {
    for (const text of ['', 'NA', 'NaN', '?', 'x']) {
      expect(comparisons.filter((is) => meets({ is, value: '5' }, text))).toEqual(['!='])
    }
  })

  it('compares dates as dates, however they are written', () => {
    expect(met('day>=2024-02-01', '31.01.2024')).toBe(false)
    expect(met('day<2024-02-01', 'Jan 31, 2024 12:00')).toBe(true)
    expect(met('day=2024-01-31', '2024/1/31')).toBe(true)
    for (const text of ['', 'NA', 'soon'])
      expect(comparisons.filter((is) => meets({ is, value: '2024-02-01' }, text))).toEqual(['!='])
  })
})
