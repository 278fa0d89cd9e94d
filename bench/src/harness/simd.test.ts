import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compilesVectors, hasVectors } from './simd.ts'

const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))
const build = (name: string) => new Uint8Array(readFileSync(join(folder, `${name}.wasm`)))

describe('hasVectors', () => {
  it.each([
    ['tfjs-backend-wasm-simd', true],
    ['tfjs-backend-wasm', false],
  ])('of %s is %s', (name, expected) => {
    expect(hasVectors(build(name))).toBe(expected)
  })

  it('refuses what is no module', () => {
    expect(() => hasVectors(new Uint8Array(3))).toThrow(
      'hasVectors: expected a WebAssembly module, got 3 bytes that are none',
    )
  })
})

describe('compilesVectors', () => {
  const ways: [string, (bytes: Uint8Array<ArrayBuffer>) => Promise<unknown>][] = [
    ['compile', (bytes) => WebAssembly.compile(bytes)],
    ['Module', async (bytes) => new WebAssembly.Module(bytes)],
    // Without its imports it ends in an error, after it has been compiled.
    ['instantiate', (bytes) => WebAssembly.instantiate(bytes, {}).catch(() => {})],
  ]

  it.each(ways)('sees what goes through %s', async (_, compile) => {
    expect(await compilesVectors(async () => void (await compile(build('tfjs-backend-wasm-simd'))))).toBe(
      true,
    )
    expect(await compilesVectors(async () => void (await compile(build('tfjs-backend-wasm'))))).toBe(false)
  })

  it('leaves WebAssembly as it was, also where the work fails', async () => {
    const { compile, instantiate, Module } = WebAssembly
    await expect(compilesVectors(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect([WebAssembly.compile, WebAssembly.instantiate, WebAssembly.Module]).toEqual([
      compile,
      instantiate,
      Module,
    ])
  })
})
