import { readFileSync } from 'node:fs'
import { instantiated } from '@facet/tensor/testing'
import { beforeEach, expect, it, vi } from 'vitest'

const files = new URL('../../../kernels/', import.meta.url)
const plane = readFileSync(new URL('plane.wasm', files))

// What was given, and what was compiled, is kept for as long as the modules are there.
beforeEach(() => void vi.resetModules())

/** What comes of a plane. */
async function partitioned(kernels?: unknown): Promise<unknown> {
  const { init, key } = await import('@facet/tensor')
  const { network } = await import('@facet/models')
  const { planePartition } = await import('../../index.ts')
  await init({ kernels: kernels as never })
  const net = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0) })
  const partition = planePartition(net, { window: [-1, 1] })
  return [partition.summary(), partition.region(0).corners]
}

it('planes are partitioned by the kernels that init was given, to the same corners', async () => {
  const expected = await partitioned()
  vi.resetModules()
  const given = await WebAssembly.compile(plane)
  const modules = instantiated()
  expect(await partitioned([given])).toEqual(expected)
  expect(modules).toEqual([given])
})

it('kernels of another version are refused where planes are partitioned', async () => {
  const other = new Uint8Array(plane)
  other.set(new TextEncoder().encode('0123456789ab'), other.length - 12)
  await expect(partitioned([other])).rejects.toThrow(
    /^init: kernels: expected geometry\/plane of version [0-9a-f]{12}, as this engine calls it, got version 0123456789ab/,
  )
})
