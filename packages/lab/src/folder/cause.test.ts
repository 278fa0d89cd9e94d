import { expect, it } from 'vitest'
import { causeOf } from './cause.ts'

it('tells an error of the file system by its code and in words, any other by its message', () => {
  const failed = (code: string) => Object.assign(new Error(`${code}: something, open '/a'`), { code })
  expect(causeOf(failed('ENOSPC'))).toBe('ENOSPC: no space is left on the disk')
  expect(causeOf(failed('EMFILE'))).toBe('EMFILE: too many files are open (ulimit -n)')
  expect(causeOf(failed('EWHAT'))).toBe("EWHAT: something, open '/a'")
  expect(causeOf(new Error('ours'))).toBe('ours')
})
