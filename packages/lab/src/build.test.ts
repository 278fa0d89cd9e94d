import { expect, it } from 'vitest'
import { buildFingerprint } from './build.ts'

it('the fingerprint of a build is eight digits, the same each time', () => {
  expect(buildFingerprint()).toMatch(/^[0-9a-f]{8}$/)
  expect(buildFingerprint()).toBe(buildFingerprint())
})
