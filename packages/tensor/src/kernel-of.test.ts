import { afterAll, describe, expect, it } from 'vitest'
import { activate } from './active-backend.ts'
import type { Backend } from './backend.ts'
import { referenceBackend } from './backends/reference/index.ts'
import { conv2d, init, ones } from './index.ts'
import { kernelOf } from './kernel-of.ts'
import { defineFamily, type None } from './op.ts'
import { opTable } from './op-table.ts'

afterAll(() => init())

/** A backend that has kernels of its own alone, and adopts others. */
const backendOf = (name: string): Backend => {
  const kernels: Record<string, () => void> = {}
  return {
    ...(referenceBackend as Backend),
    name,
    kernels,
    adopt: (family) => void Object.assign(kernels, family),
  }
}

const kernel = (): void => {}
const { first, second } = defineFamily<{ first: None; second: None }>(
  'pair',
  { theirs: { first: kernel, second: kernel } },
  { first: { outputs: () => [] }, second: { outputs: () => [] } },
)

describe('kernels that come with their ops', () => {
  it('are adopted by the backend that they are for, those of the whole family at the first use of one', () => {
    const backend = backendOf('theirs')
    expect(kernelOf(backend, first)).toBe(kernel)
    expect(backend.kernels.second).toBe(kernel)
  })

  it('are not there for another backend', () => {
    expect(kernelOf(backendOf('others'), first)).toBeUndefined()
  })

  it('are known to all ops of the family, as are these ops', () => {
    expect(first.family).toBe(second.family)
    expect(first.family!.ops).toEqual({ first, second })
    expect(opTable.conv2d.family!.ops.convWeight2d).toBe(opTable.convWeight2d)
  })

  it('that a backend has not are an error that names op and backend', () => {
    activate(backendOf('plain'), false)
    const [x, weight] = [ones([1, 1, 2, 2]), ones([1, 1, 1, 1])]
    expect(() => conv2d(x, weight)).toThrow("conv2d: 'plain' has no kernel for it")
  })
})
