import { expect, it } from 'vitest'
import { quote } from './quote.ts'

it('quote shows texts as they are, but for what a terminal would obey and for what has no end', () => {
  expect(quote('weights λ 名.npy')).toBe("'weights λ 名.npy'")
  expect(quote('a\n\u001b[2J\u202e')).toBe("'a\\u{a}\\u{1b}[2J\\u{202e}'")
  expect(quote('x'.repeat(65535))).toBe(`'${'x'.repeat(80)}…'`)
})
