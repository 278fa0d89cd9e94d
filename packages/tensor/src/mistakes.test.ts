import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isMistake, mistake } from './mistakes.ts'

describe('an error that is marked as a mistake', () => {
  test('is one, whatever it says, and is otherwise as it was', () => {
    const error = new TypeError('anything')
    expect(isMistake(error)).toBe(false)
    expect(mistake(error)).toBe(error)
    expect(isMistake(error)).toBe(true)
    expect(isMistake(new Error('init: kernels: expected a file'))).toBe(false)
    expect([Object.keys(error), error.message]).toEqual([[], 'anything'])
  })

  test.each([undefined, null, 'init: kernels', 3])('is not %j', (value) => {
    expect(isMistake(value)).toBe(false)
  })

  test('is told by its mark: no source asks the text of an error', () => {
    const packages = join(import.meta.dirname, '..', '..')
    const sources = readdirSync(packages).flatMap((name) =>
      readdirSync(join(packages, name, 'src'), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => join(packages, name, 'src', file)),
    )
    expect(sources.length).toBeGreaterThan(500)
    const asking = /\bmessage\.startsWith\(/
    expect(sources.filter((file) => asking.test(readFileSync(file, 'utf8')))).toEqual([])
  })
})
