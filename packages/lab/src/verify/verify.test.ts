import { describe, expect, it } from 'vitest'
import { engineNames } from '../engine.ts'
import type { Json } from '../network-file/json.ts'
import { goldenFile, goldenFiles, type JsonObject, type Place, placesOf } from './testing/golden-files.ts'
import { verify } from './verify.ts'

const check = (file: JsonObject, options = {}) => verify('file', JSON.stringify(file), options)

/** Numbers that are zero but for rounding cannot be told from 0; notes and inputs are not compared. */
const isCompared = ({ quantity, value }: Place): boolean =>
  !/fd_max|max_error|max_gap|zero_differences|dichotomic\.start/.test(quantity) &&
  (typeof value === 'boolean' || Math.abs(value) > 1e-12)

const combinations = engineNames.flatMap((backend) =>
  (['float64', 'float32'] as const).map((dtype) => [dtype, backend] as const),
)

describe('facet verify', () => {
  it.each(goldenFiles)(
    'agrees with $name in float64 and in float32, on every backend',
    async ({ name, text }) => {
      for (const [dtype, backend] of combinations) {
        const { pass, failed, error, quantities } = await verify(name, text, { dtype, backend })
        expect({ failed, error }).toEqual({ failed: [], error: undefined })
        expect(pass).toBe(true)
        expect(Object.keys(quantities).length).toBeGreaterThanOrEqual(7)
      }
    },
  )

  it('compares every quantity of a network file and lists the notes that it does not recompute', async () => {
    const file = goldenFile('01')
    const { quantities, skipped } = await check(file)
    const names = new Set(placesOf(file.expect, '').map(({ quantity }) => quantity))
    expect(new Set([...Object.keys(quantities), ...skipped])).toEqual(names)
    for (const name of ['z', 'R2.eps_swapped_roles', 'R1_mean_sq.grad.G', 'dichotomic.steps_40.code']) {
      expect(quantities[name]).toEqual({ maxAbs: expect.any(Number), maxRel: expect.any(Number) })
    }
    expect(skipped).toContain('R1.max_gap_grad_G_through_vs_detached')
  })

  it('notices a change of 1e-3 in any one quantity', async () => {
    for (const start of ['05', '13']) {
      const file = goldenFile(start)
      const first = new Map(
        placesOf(file.expect, '')
          .filter(isCompared)
          .map((place) => [place.quantity, place]),
      )
      for (const { value, set } of first.values()) set(typeof value === 'boolean' ? !value : value * 1.001)
      const { pass, failed } = await check(file)
      expect(pass).toBe(false)
      expect(failed).toEqual(expect.arrayContaining([...first.keys()]))
    }
  })

  it('notices a change of 1e-3 in a loss or a weight of a trajectory', async () => {
    const file = goldenFile('train_lie1')
    const [, , trace] = [file.spec, file.kind, file.trace as JsonObject[]]
    trace[33].loss = (trace[33].loss as number) * 1.001
    const weights = trace[50].W_dec_last as number[][]
    weights[1][2] *= 1.001
    const { failed } = await check(file)
    expect(failed).toEqual(['loss', 'W_dec_last'])
  })

  it('fails on a quantity that it does not know instead of passing over it', async () => {
    const file = goldenFile('01')
    ;(file.expect as JsonObject).R3_mean_sq = { value: 1, grad: {} }
    ;((file.expect as JsonObject).R1 as JsonObject).trace = [1]
    const { pass, failed, quantities } = await check(file)
    expect(pass).toBe(false)
    expect(failed).toEqual(['R1.trace', 'R3_mean_sq'])
    expect(quantities.R3_mean_sq.problem).toContain('not a quantity')
    const trajectory = goldenFile('train_ae')
    ;(trajectory.trace as JsonObject[])[4].W_enc7 = [[1]]
    expect((await check(trajectory)).failed).toEqual(['W_enc7'])
  })

  it('fails on numbers of another shape, on null, and on NaN', async () => {
    const file = goldenFile('01')
    const expected = file.expect as JsonObject
    ;(expected.z as number[][]).pop()
    ;(expected.xhat as (number | null)[][])[0][0] = null
    const { failed, quantities } = await check(file)
    expect(failed).toEqual(['z', 'xhat'])
    expect(quantities.z.problem).toBe('expected [2, 2], got [3, 2]')
  })

  it('fails on groups of quantities that are none, and on a bisection without its start', async () => {
    const file = goldenFile('01')
    const expected = file.expect as JsonObject
    expected.mse = 3
    expected.R1 = null
    expected.R2 = [1]
    delete (expected.dichotomic as JsonObject).start
    const { failed, quantities } = await check(file)
    expect(failed).toEqual(expect.arrayContaining(['mse', 'R1', 'R2', 'dichotomic.steps_40']))
    expect(quantities.R1.problem).toBe('expected null, got an object')
    expected.dichotomic = null
    expect((await check(file)).failed).toContain('dichotomic')
  })

  it('repeats trajectories of every kind on files made by itself', async () => {
    for (const kind of ['lie2', 'hoc']) {
      const file = goldenFile('train_lie1')
      file.kind = kind
      const before = await check(file)
      expect(before.failed).toContain('reg')
      expect(before.quantities.step).toEqual({ maxAbs: 0, maxRel: 0 })
    }
  })

  it.each([
    ['not JSON', 'nonsense', 'JSON'],
    ['a list', '[]', 'expected a JSON object, got a list'],
    ['null', 'null', 'expected a JSON object, got null'],
    ['an empty object', '{}', 'missing: spec, enc'],
    ['a partition', '{"layers": []}', 'expect: expected the squares'],
  ])('says what is wrong with %s', async (_, text, message) => {
    const { pass, error } = await verify('file', text)
    expect(pass).toBe(false)
    expect(error).toContain(message)
  })

  it('says which field of a file does not fit', async () => {
    const activation = goldenFile('01')
    ;((activation.spec as JsonObject).enc_acts as string[])[0] = 'tanh'
    expect((await check(activation)).error).toBe(
      "activation: expected one of identity, relu, abs, leaky, got 'tanh'",
    )
    const ragged = goldenFile('01')
    ;(ragged.x as number[][])[1].pop()
    expect((await check(ragged)).error).toMatch(/^x: /)
    const kind = goldenFile('train_ae')
    kind.kind = 'vae'
    expect((await check(kind)).error).toBe("kind: expected one of ae, lie1, lie2, hoc, got 'vae'")
    const layers = goldenFile('01')
    ;(layers.enc as Json[])[0] = 3
    expect((await check(layers)).error).toContain('enc[0]: expected a layer')
  })

  it('refuses a backend that does not exist', async () => {
    await expect(verify('file', '{}', { backend: 'abacus' as 'wasm' })).rejects.toThrow('abacus')
  })
})
