import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviation } from '../harness/check.ts'
import { rowOf } from '../work/table.ts'
import { objectiveNames, type Work } from '../work/work.ts'
import { type Prepared, type Session, Skip } from './contender.ts'
import { contenders } from './table.ts'

const small = { encoderHidden: [16, 12], bottleneck: 4, decoderHidden: [12, 16, 14], batch: 16, input: 24 }

const works: readonly (readonly [string, Work])[] = [
  ...(['nn', 'tn', 'nt'] as const).map(
    (layout) => [`matmul ${layout}`, { kind: 'matmul', m: 5, k: 7, n: 9, layout }] as const,
  ),
  ['affine', { kind: 'affine', batch: 6, inputs: 7, outputs: 40 }],
  ['localAffine', { kind: 'localAffine', batch: 5, sizes: [3, 8, 6, 11] }],
  ['chain', { kind: 'chain', size: 8, length: 5, scoped: false }],
  ['chain in scopes', { kind: 'chain', size: 8, length: 5, scoped: true }],
  ...(['forward', 'training'] as const).flatMap((pass) =>
    ([1, 3] as const).map(
      (channels) =>
        [
          `conv ${pass} of ${channels} channels`,
          { kind: 'conv', pass, batch: 3, channels, filters: 5, size: 6, inner: channels > 1 },
        ] as const,
    ),
  ),
  ...objectiveNames.map(
    (objective) => [`step ${objective}`, { kind: 'step', objective, eager: true, ...small }] as const,
  ),
]

describe.each(contenders)('$name', (contender) => {
  let session: Session | undefined
  let absent = ''

  beforeAll(async () => {
    try {
      session = await contender.open()
    } catch (error) {
      if (!(error instanceof Skip)) throw error
      absent = error.message
    }
  }, 180_000) // Python's kernels are tried when the first of its libraries opens.

  afterAll(() => session?.close())

  it('says its version', (context) => {
    if (session === undefined) return context.skip(absent)
    expect(session.version).not.toBe('')
  })

  it.for(works)('gives the float64 result of %s', { timeout: 20_000 }, async ([, work], context) => {
    if (session === undefined) return context.skip(absent)
    const prepare = session.prepare[work.kind] as ((...args: unknown[]) => Promise<Prepared>) | undefined
    if (prepare === undefined) {
      expect(session.cannot?.[work.kind]).toBeTypeOf('string')
      return
    }
    const inputs = await rowOf(work).inputs(work)
    const prepared = await prepare(work, inputs).catch((error: Error) => {
      if (error instanceof Skip) return undefined
      throw error
    })
    if (prepared === undefined) return context.skip('no adapter')
    const expected = await rowOf(work).expected(work)
    for (const entry of prepared.entries) {
      await entry.activate?.()
      const { tolerance, groups } = rowOf(work)
      expect(deviation(await entry.result(), expected, tolerance, groups?.(work))).toBeNull()
      const { clock } = entry
      if (clock.kind === 'own') expect(await clock.seconds(2)).toBeGreaterThan(0)
      else await clock.run()
    }
    await prepared.release()
  })
})
