import { describe, expect, it } from 'vitest'
import { textureLayoutOf } from '../texture-layout.ts'
import { functionsCalledBy, glslFunctions } from './functions/index.ts'
import { floatLiteral, literal } from './literals.ts'
import { glslOf } from './program.ts'

const layout = textureLayoutOf('float32', 100, 8192)

describe('the GLSL of a kernel', () => {
  it('brings the functions it calls and those that they call, each before its callers', () => {
    const names = Object.keys(glslFunctions)
    for (const name of names) {
      const source = functionsCalledBy(`${name}(x)`)
      const own = names.filter((other) => source.includes(glslFunctions[other]))
      expect(own).toContain(name)
      for (const other of own) {
        const called = names.filter((c) => c !== other && new RegExp(`\\b${c}\\(`).test(glslFunctions[other]))
        for (const c of called)
          expect(source.indexOf(glslFunctions[c])).toBeLessThan(source.indexOf(glslFunctions[other]))
      }
    }
    expect(functionsCalledBy('at_a(i) + 1.0')).toBe('')
  })

  it('masks columns and shifts rows of a texture whose width is a power of two', () => {
    const input = { dtype: 'float32', layout, start: 'whole' } as const
    const body = { kind: 'element', source: 'float element(int i) { return at_a(i); }' } as const
    const source = glslOf([input], { dtype: 'float32', layout }, body)
    expect(layout).toEqual({ width: 8, height: 4, shift: 3 })
    expect(source).toContain('texture(user_a, (vec2((n >> 2) & 7, (n >> 2) >> 3) + 0.5) / vec2(8.0, 4.0))')
    expect(source).not.toContain('user_aAt')
    expect(glslOf([{ ...input, start: 'anywhere' }], { dtype: 'float32', layout }, body)).toContain(
      'i + user_aAt',
    )
  })
})

it('numbers are written as GLSL reads them', () => {
  expect(floatLiteral(1)).toBe('1.0')
  expect(floatLiteral(-0.2)).toBe('-0.20000000298023224')
  expect(floatLiteral(1e-30)).toContain('e-')
  expect(floatLiteral(Number.NaN)).toBe('number(0x7fc00000u)')
  expect(floatLiteral(-Infinity)).toBe('number(0xff800000u)')
  expect(literal('uint32', 2 ** 32 - 1)).toBe('4294967295u')
  expect(literal('bool', 1)).toBe('1')
})
