import { describe, expect, it } from 'vitest'
import { Interrupted, UsageError } from '../errors.ts'
import { complaintOf } from './complaint.ts'

describe('a complaint', () => {
  it('is the message alone where the user, the disk or the numbers are to blame', () => {
    for (const error of [
      new UsageError('--runs: no'),
      new Interrupted('--runs: no'),
      new RangeError('--runs: no'),
    ]) {
      expect(complaintOf(error, false)).toBe('facet: --runs: no\n')
    }
  })

  it('calls what JavaScript throws by itself a bug, in one line', () => {
    expect(complaintOf(new TypeError('x is not\n  a function'), false)).toBe(
      'facet: TypeError: x is not a function; this is a bug; FACET_DEBUG=1 shows where\n',
    )
    const deep = (): number => 1 + deep()
    let thrown: unknown
    try {
      deep()
    } catch (error) {
      thrown = error
    }
    expect(complaintOf(thrown, false)).toContain('this is a bug')
  })

  it('calls anything a bug that nobody waited for, even what is no Error', () => {
    expect(complaintOf(new Error('oh'), false, true)).toContain('facet: Error: oh; this is a bug')
    expect(complaintOf('oh', false, true)).toContain('facet: Error: oh; this is a bug')
  })

  it('has the stack for who asks for it', () => {
    expect(complaintOf(new TypeError('x'), true)).toMatch(
      /^facet: TypeError: x; this is a bug\nTypeError: x\n +at /,
    )
  })
})
