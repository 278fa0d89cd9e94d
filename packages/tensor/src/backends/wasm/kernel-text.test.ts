import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesOf, type TextCode } from './kernel-text.ts'

// A script without types, which plain Node runs before anything is built.
const script = new URL('../../../scripts/kernel-text.mjs', import.meta.url).href
const {
  textsOf,
}: {
  textsOf(modules: Record<string, Uint8Array>): TextCode & { readonly texts: Record<string, string> }
} = await import(script)

it('bytes written as text by the build are read back, whichever of them are frequent', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), fc.uint8Array({ maxLength: 20 }), (a, b) => {
      const { texts, ...code } = textsOf({ a, b })
      expect(bytesOf(texts.a, code)).toEqual(a)
      expect(bytesOf(texts.b, code)).toEqual(b)
    }),
  )
  const all = Uint8Array.from({ length: 256 }, (_, i) => i)
  const { texts, ...code } = textsOf({ all })
  expect(bytesOf(texts.all, code)).toEqual(all)
})

it('no letter needs an escape in a script, or ends one in a page', () => {
  const { letters } = textsOf({})
  expect(letters).toHaveLength(90)
  expect(letters).toMatch(/^[!#-;=-[\]-~]*$/)
})
