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

describe('modules written as text by the build', () => {
  it('are read back, whichever of their bytes are frequent', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 600 })
    fc.assert(
      fc.property(bytes, bytes, (first, second) => {
        const text = textOf([first, second])
        expect(bytesOf(text, 0)).toEqual(first)
        expect(bytesOf(text, 1)).toEqual(second)
        expect(bytesOf(textOf([first]), 1)).toEqual(first)
      }),
    )
    const all = Uint8Array.from({ length: 256 }, (_, i) => i)
    expect(bytesOf(textOf([all]), 0)).toEqual(all)
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

  it('that a program was built without are missed by name', () => {
    expect(() => bytesOf('', 0)).toThrow("the program was built without them (FACET_KERNELS: 'files')")
  })
})
