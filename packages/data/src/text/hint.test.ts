import { describe, expect, it } from 'vitest'
import { hintOf } from './hint.ts'

describe('a hint', () => {
  it('on a comma says what it is by what parts the fields, and never loses a factor of 1,000', () => {
    expect(hintOf('1,234', 'comma')).toBe('; it looks like a comma that parts thousands; write 1234')
    expect(hintOf('1,234', 'semicolon')).toBe('; decimals are written with a point, 1.234')
    expect(hintOf('1,234', 'tab')).toBe(
      '; its comma may part thousands (1234) or be that of decimals (1.234); write it as one of these',
    )
    expect(hintOf('1,5', 'comma')).toBe('; decimals are written with a point, 1.5')
    expect(hintOf('0,123', 'tab')).toBe('; decimals are written with a point, 0.123')
  })

  it.each([
    ['1,234,567', 'it looks like commas that part thousands; write 1234567'],
    ['-1,234.5', 'it looks like commas that part thousands; write -1234.5'],
    ['1.234,5', 'it looks like points that part thousands and a decimal comma; write 1234.5'],
    ['1.234.567', 'it looks like points that part thousands; write 1234567'],
    ["1'234.5", 'it looks like thousands that are set apart; write 1234.5'],
    ['1 234,5', 'it looks like thousands that are set apart; write 1234.5'],
    [
      '2023-05-01 00:00:00',
      'it looks like a date; name its column by the option time, or leave it out by the option drop',
    ],
    ['01/02/2024', 'it looks like a date'],
    ['12:30', 'it looks like a time of day'],
    ['12%', 'it looks like a percentage'],
    ['$5.20', 'it looks like an amount of money'],
    ['5 EUR', 'it looks like an amount of money'],
    ['(1,200)', 'it looks like a negative amount; write -1200'],
    ['TRUE', 'it looks like a truth value; write 1 and 0'],
    ['inf', 'infinity is no value of a sample'],
    ['0x1F', 'it looks hexadecimal; write 31'],
    ['1.5D+03', "it looks like Fortran's exponent; write 1.5e+03"],
    ['1.5e', 'its exponent has no digits; was it cut off?'],
    ['1+2j', 'it looks like a complex number'],
    ['−5', 'its minus is not the sign - of ASCII'],
    ['<0.1', 'it looks like a bound'],
    ['1/2', 'it looks like a fraction'],
    ['[1, 2]', 'it looks like a list'],
    ['1 2', 'it looks like several numbers parted by blanks'],
    ['1.2.3', 'it has more than one point'],
    ['5 kg', 'it looks like a number with a unit'],
    ['#DIV/0!', 'it is an error of a spreadsheet'],
    ['<!DOCTYPE html>', 'it looks like a web page'],
    [
      'red',
      'a column of texts is named by the option labels, the option id or the option group, or left out by the option drop',
    ],
  ])('on %s: %s', (text, hint) => {
    expect(hintOf(text, 'comma')).toContain(`; ${hint}`)
  })

  it('is left out where a text looks like nothing known', () => {
    expect(hintOf('@@', 'comma')).toBe('')
  })
})
