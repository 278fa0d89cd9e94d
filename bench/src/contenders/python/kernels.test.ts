import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Work } from '../../work/work.ts'
import { Skip } from '../contender.ts'
import { blasCandidates, fastest } from './kernels.ts'
import { vectorsOf } from './peer.ts'

const avx2 = ['sse4_2', 'avx', 'avx2', 'fma']
const avx512 = [...avx2, 'avx512f', 'avx512bw', 'avx512dq', 'avx512vl', 'avx512cd']

const coresFor = (flags: readonly string[]) =>
  blasCandidates(new Set(flags), [], {}).map(({ environment }) => environment.OPENBLAS_CORETYPE)

describe('blasCandidates', () => {
  it.each([
    ['no flags: what the library picks', [], [undefined]],
    ['an old processor', ['sse4_2'], [undefined, 'Nehalem']],
    ['AVX', ['sse4_2', 'avx'], [undefined, 'Sandybridge']],
    ['AVX2', avx2, [undefined, 'Haswell', 'Zen']],
    ['AVX-512', avx512, [undefined, 'Haswell', 'Zen', 'SkylakeX']],
    ['and bfloat16', [...avx512, 'avx512_bf16'], [undefined, 'Haswell', 'Zen', 'SkylakeX', 'Cooperlake']],
    ['AVX-512 without its byte instructions', [...avx2, 'avx512f'], [undefined, 'Haswell', 'Zen']],
  ])('takes what the flags permit: %s', (_, flags, expected) => {
    expect(coresFor(flags)).toEqual(expected)
  })

  it('takes Sapphirerapids only where there is AMX', () => {
    expect(coresFor([...avx512, 'avx512_bf16', 'amx_bf16'])).toContain('Sapphirerapids')
  })

  it('tries what variables ask for as one of several, never instead', () => {
    const variables = { OPENBLAS_CORETYPE: 'Prescott', OPENBLAS_L2_SIZE: '512' }
    const found = blasCandidates(new Set(avx2), [], variables)
    expect(found.map(({ label }) => label)).toEqual(['by itself', 'Haswell', 'Zen', 'as set outside'])
    expect(found[3].environment).toEqual(variables)
    expect(found[0].environment).toEqual({})
  })

  it('tries every BLAS that is installed, core types on OpenBLAS alone', () => {
    const libraries = ['/lib/openblas-pthread/libblas.so.3', '/lib/blis-openmp/libblas.so.3']
    const found = blasCandidates(new Set(avx2), libraries, {})
    expect(found.map(({ label }) => label)).toEqual([
      'openblas-pthread, by itself',
      'openblas-pthread, Haswell',
      'openblas-pthread, Zen',
      'blis-openmp, by itself',
    ])
    expect(found[3].environment).toEqual({ LD_LIBRARY_PATH: '/lib/blis-openmp' })
  })
})

describe('vectorsOf', () => {
  const blas = { library: '/lib/libopenblas.so', name: 'OpenBLAS 0.3.21', threads: 1 }
  it.each([
    ['Prescott', 256, 'products 128 bit, loops 256 bit'],
    ['Haswell', 256, '256 bit'],
    ['SkylakeX', 256, 'products 512 bit, loops 256 bit'],
    ['Cooperlake', 512, '512 bit'],
    [null, 256, 'products by OpenBLAS 0.3.21, loops 256 bit'],
  ])('of kernel %s and loops of %d', (core, loops, expected) => {
    expect(vectorsOf({ blas: { ...blas, core }, loops })).toBe(expected)
  })
})

describe('fastest', () => {
  const PYTHONPATH = fileURLToPath(new URL('./testing/', import.meta.url))
  const work: Work = { kind: 'matmul', m: 5, k: 7, n: 9, layout: 'nn' }
  const choose = (...kernels: string[]) =>
    fastest(
      'with_kernels',
      kernels.map((KERNEL) => ({ label: KERNEL, environment: { PYTHONPATH, KERNEL } })),
      [work],
      [work],
      ({ version }) => version,
    )

  it('discards who dies and who is wrong, and takes the fastest of the rest', async (context) => {
    const found = await choose('slow', 'quick', 'mistaken', 'deadly').catch((error: Error) => error)
    if (found instanceof Skip) return context.skip(found.message)
    if (found instanceof Error) throw found
    expect(found.environment.KERNEL).toBe('quick')
    expect(found.note).toMatch(/^slow slow;/)
    expect(found.note).toMatch(/quick 1\.00, slow \d+/)
    expect(found.note).toMatch(/mistaken discarded: wrong: number \d+: expected/)
    expect(found.note).toMatch(/deadly discarded: .+/)
  })

  it('leaves the library out where nothing is right', async () => {
    await expect(choose('mistaken', 'deadly')).rejects.toThrow(Skip)
  })
})
