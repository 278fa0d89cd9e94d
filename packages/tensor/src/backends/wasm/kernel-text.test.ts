import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kernels as convolution } from './convolution.generated.ts'
import { bytesOf } from './kernel-text.ts'
import { kernels as core } from './kernels.generated.ts'
import { kernels as linearAlgebra } from './linear-algebra.generated.ts'
import { kernels as ordering } from './ordering.generated.ts'
import { kernels as spectral } from './spectral.generated.ts'

// A script without types, which plain Node runs before anything is built.
const script = new URL('../../../scripts/kernel-text.mjs', import.meta.url).href
const { textOf }: { textOf(modules: readonly Uint8Array[]): string } = await import(script)

const fileOf = (name: string): Uint8Array =>
  readFileSync(new URL(`../../../kernels/${name}.wasm`, import.meta.url))

/** The smallest module whose one function has these instructions. */
const moduleOf = (code: readonly number[]): Uint8Array => {
  const body = [1, 1, 126, ...code, 11]
  const size = body.length < 128 ? [body.length] : [(body.length & 127) | 128, body.length >> 7]
  const section = [1, ...size, ...body]
  const length = section.length < 128 ? [section.length] : [(section.length & 127) | 128, section.length >> 7]
  return Uint8Array.of(
    0,
    97,
    115,
    109,
    1,
    0,
    0,
    0,
    1,
    4,
    1,
    96,
    0,
    0,
    3,
    2,
    1,
    0,
    10,
    ...length,
    ...section,
    0,
    1,
    0,
  )
}

/** An instruction with all that stands behind it, its numbers drawn. */
const instruction = fc
  .tuple(fc.nat(127), fc.nat(255), fc.uint8Array({ minLength: 16, maxLength: 16 }))
  .chain(([small, byte, wide]) => {
    const number = byte < 128 ? [byte] : [byte, small]
    return fc.constantFrom(
      [1],
      [2, 64, 32, ...number, 11],
      [4, 127, 5, 12, ...number, 11],
      [14, 2, small, 1, 0],
      [16, ...number],
      [33, ...number],
      [36, small],
      [40, 2, ...number],
      [57, 3, ...number],
      [45, 0, ...number],
      [63, 0],
      [65, ...number],
      [66, ...number],
      [67, ...wide.subarray(0, 4)],
      [68, ...wide.subarray(0, 8)],
      [106],
      [252, 2],
      [252, 10, 0, 0],
      [252, 11, 0],
      [253, 0, small, ...number],
      [253, 12, ...wide],
      [253, 13, ...wide],
      [253, 21, small & 15],
      [253, 85, 1, ...number, small & 7],
      [253, 92, 2, ...number],
      [253, 228, 1],
      [253, 133, 2],
    )
  })

describe('modules written as text by the build', () => {
  it('are read back, whatever their instructions are', () => {
    const code = fc.array(instruction, { maxLength: 60 }).map((all) => all.flat())
    fc.assert(
      fc.property(code, code, (first, second) => {
        const modules = [moduleOf(first), moduleOf(second)]
        const text = textOf(modules)
        expect(bytesOf(text, 0)).toEqual(modules[0])
        expect(bytesOf(text, 1)).toEqual(modules[1])
        expect(bytesOf(textOf(modules.slice(0, 1)), 1)).toEqual(modules[0])
      }),
    )
  })

  it('are those of the files, which are labelled', () => {
    for (const [module, name] of ['convolution', 'convolution-relaxed'].entries()) {
      const bytes = bytesOf(convolution, module)
      expect(fileOf(name).subarray(0, bytes.length)).toEqual(Buffer.from(bytes))
    }
  })

  it('compile', async () => {
    const exportsOf = async (text: string, module: number) =>
      WebAssembly.Module.exports(await WebAssembly.compile(bytesOf(text, module))).map(({ name }) => name)
    expect(await exportsOf(core, 0)).toContain('combine_f32')
    expect(await exportsOf(core, 1)).toContain('matmul_f32')
    expect(await exportsOf(linearAlgebra, 0)).toContain('expm_f64')
    expect(await exportsOf(ordering, 0)).toContain('sortRows_32')
    expect(await exportsOf(spectral, 0)).toContain('eigh_f32')
  })

  it('need no escape in a script, and end none in a page', () => {
    for (const text of [core, convolution, linearAlgebra, ordering, spectral])
      expect(text).toMatch(/^[ #-;=-[\]-~]*$/)
  })

  it('with an instruction that nobody reads are refused by the build', () => {
    expect(() => textOf([moduleOf([208, 112])])).toThrow('kernel-text: unknown instruction 208')
    expect(() => textOf([moduleOf([40, 0, 0])])).toThrow('kernel-text: expected a load aligned by 2^2, got 0')
  })

  it('that a program was built without are missed by name', () => {
    expect(() => bytesOf('', 0)).toThrow("the program was built without them (FACET_KERNELS: 'files')")
  })
})
