import { expect, it } from 'vitest'
import { readableJson } from './readable-json.ts'

it('puts lists of numbers on one line and is read back the same', () => {
  const value = { a: [1, 2.5, 'x,y', null], b: { c: [], d: {} }, e: [{ f: 1 }], g: 'two\nlines' }
  const text = readableJson(value)
  expect(JSON.parse(text)).toEqual(value)
  expect(text).toContain('\n  "e": [\n    {\n      "f": 1\n    }\n  ],\n')
  expect(readableJson({ a: [1, 2], b: undefined })).toBe('{\n  "a": [1, 2]\n}\n')
})
