import { describe, expect, it } from 'vitest'
import { ascii } from '../testing/parse-bytes.ts'
import { guessHeader } from './header.ts'

const guess = (text: string) => guessHeader(text.split('\n').map(ascii), 'comma')

describe('the first line', () => {
  it.each([
    ['pandas counts its columns', '0,1,2,3\n5,6,7,8\n8,1,3,2'],
    ['pandas counts three columns of fractions', '0,1,2\n0.5,0.1,0.7\n0.2,0.9,0.4'],
    ['pandas counts beside an index', ',0,1\n0,5,7\n1,4,2'],
    ['columns are counted from 1', '1,2,3,4,5\n0.5,0.1,0.7,0.2,0.6\n0.2,0.9,0.4,0.1,0.3'],
    ['wavelengths go up', '400,402,404,406\n0.1,0.3,0.2,0.1\n0.2,0.1,0.4,0.2'],
    ['wavenumbers go down', '4000.5,3998.5,3996.5\n0.1,0.3,0.2\n0.2,0.1,0.4'],
    ['years stand over small numbers', '1990,1991,1992,1993\n1.5,2.5,3.5,1\n2,3,1,2'],
    ['numbers are quoted where those below are not', '"3","7"\n1,2\n4,9'],
  ])('is a header of numbers where %s', (_, text) => {
    expect(guess(text)).toBe('numbers')
  })

  it.each([
    ['names', 'a,b\n1,2'],
    ['names and counted columns', 'label,0,1,2\n5,6,7,8'],
    ['names and wavelengths', 'label,400.5,410.5,420.5\n1,0.3,0.1,0.2\n0,0.1,0.4,0.3'],
    ['a name that looks like a date over a number', 'x,2024-01-01\n1,2'],
    ['a name that stands for a missing value elsewhere', 'none,b\n1,2'],
  ])('is a header of names with %s', (_, text) => {
    expect(guess(text)).toBe('names')
  })

  it.each([
    ['numbers', '3,1,2\n5,6,7'],
    ['counts that go on', '0,1,2,3\n4,5,6,7\n8,9,10,11'],
    ['a series that goes up among others that do', '1,2,3,4,5\n2,3,4,5,6\n3,4,5,6,7'],
    ['equal numbers', '0,0,0,0\n1,0,0,1'],
    ['one row', '0,1,2,3'],
    ['two values', '0,1\n5,2'],
    ['a text beside numbers', 'a,1\nb,2'],
    ['a date', '2024-01-01,5\n2024-01-02,6'],
    ['missing values', 'NA,?\n1,2'],
  ])('is a row with %s', (_, text) => {
    expect(guess(text)).toBeNull()
  })
})
