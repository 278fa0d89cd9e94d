import { expect, describe as group, it, vi } from 'vitest'

/** A copy of the engine loaded anew: its classes, backend and memory are its own. */
async function copy() {
  vi.resetModules()
  const engine = await import('./index.ts')
  const checks = await import('./checks-entry.ts')
  return { ...engine, ...checks }
}

const named =
  /two copies of @facet\/tensor are loaded, 0\.1\.0 and 0\.1\.0, .*`npm ls @facet\/tensor`.*`npm dedupe`/

function messageOf(f: () => unknown): string {
  try {
    f()
  } catch (error) {
    return (error as Error).message
  }
  return 'no error'
}

group('two copies of the engine in one program', async () => {
  // Each is started before the next is loaded: `init` loads a backend when it is asked for, of whichever copy came last.
  const here = await copy()
  const before = messageOf(() => here.ones([2]))
  await here.init({ backend: 'reference' })
  const there = await copy()
  const between = messageOf(() => there.ones([2]))
  await there.init({ backend: 'reference' })

  it('are named where init was called of the other', () => {
    expect(before).toBe('ones: there is no backend yet: call await init() first')
    expect(between).toMatch(named)
    for (const engine of [here, there]) expect(engine.ones([2]).toArray()).toEqual([1, 1])
  })

  it.each<[string, (foreign: import('./tensor.ts').Tensor) => unknown]>([
    ['an op of it alone', (x) => here.exp(x)],
    ['an op of it and ours', (x) => here.add(here.ones([2]), x)],
    ['an op of ours and it', (x) => here.matmul(here.ones([2, 2]), x)],
    ['an op whose operands are two of it', (x) => here.add(x, x)],
    ['an operand beside a number', (x) => here.add(x, 1)],
    ['an operation that has nothing to do', (x) => here.cast(x, 'float32')],
    ['bounds', (x) => here.clip(x, 0, 1)],
    [
      'a parameter',
      (x) =>
        here.updateInPlace('sgd', { parameter: x, velocity: here.ones([2]) }, [here.ones([2])], {
          learningRate: 1,
          momentum: 0,
          weightDecay: 0,
        }),
    ],
    [
      'a gradient',
      (x) =>
        here.updateInPlace('sgd', { parameter: here.ones([2]), velocity: here.ones([2]) }, [x], {
          learningRate: 1,
          momentum: 0,
          weightDecay: 0,
        }),
    ],
  ])('are named where a tensor of the other goes into %s', (_, use) => {
    expect(() => use(there.ones([2]))).toThrow(named)
  })

  it('are named where a key of the other is an option', () => {
    expect(() => here.aKey.check('fit', 'key', there.key(0))).toThrow(named)
  })

  it('are not blamed for what is wrong within one', () => {
    expect(here.describe(here.ones([2]))).toBe('Tensor([2] float32)')
    expect(() => here.add(here.ones([2]), here.ones([3]))).not.toThrow(/two copies/)
  })

  it('work side by side while each keeps to itself', () => {
    expect(here.add(here.ones([2]), 1).toArray()).toEqual(there.add(there.ones([2]), 1).toArray())
  })
})

group('two copies of a package above one engine', async () => {
  const { aCopy, copyOf, describe } = await copy()
  const [ours, theirs] = [aCopy('@facet/models', '0.1.0'), aCopy('@facet/models', '0.2.0')]
  class Network {
    get [copyOf]() {
      return theirs
    }
  }

  it('are named by that package and both versions', () => {
    expect(describe(new Network())).toContain(
      `an object of class Network of another copy: two copies of ${ours.name} are loaded, 0.1.0 and 0.2.0`,
    )
  })
})
