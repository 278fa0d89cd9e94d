import { describe, expect, it } from 'vitest'
import { suiteChart } from './chart.ts'
import { compared, notCompared, tooSlow } from './comparison.ts'
import { duration, markdownTable, threeDigits } from './format.ts'
import { suiteMarkdown } from './markdown.ts'
import type { CaseResult, SuiteResult, Timing } from './results.ts'
import { judge, targets, targetTable } from './targets.ts'

const timing = (entry: string, period: number, base: number | null): Timing => ({
  entry,
  title: entry.toUpperCase(),
  medianSeconds: period,
  seconds: [period, period, period],
  ratio: base === null ? null : { value: period / base, low: period / base, high: period / base },
})

const result = (suite: string, cases: readonly CaseResult[]): SuiteResult => ({
  suite,
  description: 'some work',
  machine: {
    cpu: 'A CPU',
    cores: 2,
    flags: ['avx2', 'fma'],
    memoryBytes: 1,
    system: 'Linux 6',
    node: 'v20',
    v8: '11',
    load: 0.5,
    date: '2026-01-01 00:00',
  },
  command: 'pnpm bench',
  rounds: 3,
  blockSeconds: 0.1,
  versions: { wasm: 'this checkout' },
  vectors: { wasm: '128 bit', 'jax-js': '128 bit' },
  notes: ['BLAS: by itself Prescott'],
  own: ['wasm'],
  cases,
})

const matmul = result('matmul', [
  {
    name: '16×784×512 nn',
    base: 'wasm',
    timings: [
      timing('wasm', 1e-3, null),
      timing('jax-js jit', 3e-3, 1e-3),
      timing('jax-js eager', 2e-3, 1e-3),
    ],
    omitted: [{ entry: 'numpy', reason: 'not here' }],
  },
  {
    name: '128×128×128 nn',
    base: 'wasm',
    timings: [timing('wasm', 2e-3, null), timing('jax-js jit', 5e-3, 2e-3)],
    omitted: [{ entry: 'numpy', reason: 'not here' }],
  },
])

describe('format', () => {
  it('keeps three digits', () => {
    expect([0, 0.01234, 1.234, 12.34, 1234.5].map(threeDigits)).toEqual([
      '0',
      '0.0123',
      '1.23',
      '12.3',
      '1235',
    ])
  })

  it('takes the unit that suits', () => {
    expect([2e-6, 0.0123, 3].map(duration)).toEqual(['2.00 µs', '12.3 ms', '3.00 s'])
  })

  it('aligns columns', () => {
    expect(markdownTable(['', 'b'], [['long', '1']])).toBe('|      | b   |\n|------|-----|\n| long | 1   |')
  })
})

describe('suiteMarkdown', () => {
  const text = suiteMarkdown(matmul)

  it('has a dash for what is missing, and the machine', () => {
    expect(text).toContain('–')
    expect(text).toContain('A CPU, 2 cores, Linux 6, Node v20 (V8 11), load 0.50 at the start')
  })

  it('turns the table where contenders are more than cases', () => {
    expect(text).toMatch(/\| JAX-JS JIT +\| 128 bit +\| 3\.00 \[3\.00, 3\.00\] +\| 2\.50/)
  })

  it("says the width of everybody's vectors, the flags and how kernels were chosen", () => {
    expect(text).toMatch(/\| +\| vector instructions +\|/)
    expect(text).toContain('Flags of the processor: avx2 fma.')
    expect(text).toContain('Kernels tried, BLAS: by itself Prescott.')
  })

  it('says where a peer is ahead beyond noise, how often and how far', () => {
    const lost = result('matmul', [
      {
        name: 'one',
        base: 'wasm',
        timings: [timing('wasm', 4e-3, null), timing('numpy', 1e-3, 4e-3)],
        omitted: [],
      },
      {
        name: 'two',
        base: 'wasm',
        timings: [timing('wasm', 1e-3, null), timing('numpy', 2e-3, 1e-3)],
        omitted: [],
      },
    ])
    expect(suiteMarkdown(lost)).toContain(
      'Ahead of WASM:\n\n- **NUMPY** in 1 of 2 cases, up to 4.00 times as fast (one)',
    )
    expect(text).toContain('No peer is ahead of WASM in any of these cases.')
  })

  it('holds each way of a peer against ours of its kind', () => {
    const timings = [
      timing('wasm with codes', 4e-3, null),
      timing('wasm without codes', 2e-3, 4e-3),
      timing('numpy without codes', 3e-3, 4e-3),
    ]
    const layer = result('affine', [{ name: 'one', base: 'wasm with codes', timings, omitted: [] }])
    expect(suiteMarkdown(layer)).toContain('No peer is ahead of WASM WITH CODES')
  })

  it('does not call our own builds peers', () => {
    const timings = [timing('wasm', 4e-3, null), timing('wasm-threads', 1e-3, 4e-3)]
    const own = { ...result('matmul', [{ name: 'one', base: 'wasm', timings, omitted: [] }]) }
    expect(suiteMarkdown({ ...own, own: ['wasm', 'wasm-threads'] })).not.toContain('head of')
  })

  it('says once why a contender is in no case', () => {
    expect(text.match(/numpy: not here/g)).toHaveLength(1)
    expect(text).not.toContain('not here (')
  })
})

describe('two checkouts', () => {
  const cases = [
    {
      name: 'tiny',
      base: 'wasm',
      timings: [
        timing('wasm', 1.1e-3, null),
        timing('wasm eager', 2e-3, 1.1e-3),
        timing('before', 1e-3, 1.1e-3),
        timing('before eager', 4e-3, 1.1e-3),
      ],
      omitted: [],
    },
  ]
  const both = { ...result('overhead', cases), versions: { wasm: 'this checkout', before: 'abc' } }

  it('stand beside each other way by way, this over before', () => {
    expect(compared(both).map(({ name, ratio }) => [name, ratio.value])).toEqual([
      ['tiny', 1.1e-3 / 1e-3],
      ['tiny eager', 0.5],
    ])
    const text = suiteMarkdown(both)
    expect(text).toMatch(/\| tiny +\| 1\.00 ms \| 1\.10 ms \| 1\.10 \[1\.10, 1\.10\] +\| slower/)
    expect(text).toMatch(/\| tiny eager \| .*0\.500 \[0\.500, 0\.500\] \| faster/)
    expect(text).toContain('Before: abc.')
    expect(text).not.toContain('vector instructions')
  })

  it('are too far apart where the whole interval is beyond the loss', () => {
    expect(tooSlow(both, 0.03).map(({ name }) => name)).toEqual(['tiny'])
    expect(tooSlow(both, 0.11)).toEqual([])
    const [{ timings }] = cases
    const noisy = timings.map((t) => (t.entry === 'wasm' ? { ...t, seconds: [0.9e-3, 1.1e-3, 1.3e-3] } : t))
    expect(tooSlow({ cases: [{ ...cases[0], timings: noisy }] }, 0.03)).toEqual([])
  })

  it('are not compared where one was refused', () => {
    const [{ timings }] = cases
    const refused = [{ entry: 'before', reason: 'refused: wrong' }]
    expect(
      notCompared({ cases: [...cases, { ...cases[0], timings: timings.slice(0, 2), omitted: refused }] }),
    ).toHaveLength(1)
  })

  it('are not held to work that the other does not know yet', () => {
    const [{ timings }] = cases
    const unknown = [{ entry: 'before', reason: 'that checkout has no convolution', skipped: true }]
    expect(notCompared({ cases: [{ ...cases[0], timings: timings.slice(0, 2), omitted: unknown }] })).toEqual(
      [],
    )
  })
})

it('draws one panel a contender that has a ratio', () => {
  const svg = suiteChart(matmul)
  expect(svg).toMatch(/^<svg.*xmlns="http:\/\/www.w3.org\/2000\/svg"/)
  expect(svg.match(/<circle/g)).toHaveLength(3)
})

describe('targets', () => {
  const [first] = targets

  it('hold the smallest ratio against the fastest way of the peer', () => {
    expect(judge(first, [matmul])).toEqual([first.title, '≥ 1.4', '2.00 [2.00, 2.00] (16×784×512 nn)', 'met'])
  })

  it('are not measured without results', () => {
    expect(judge(first, [])).toEqual([first.title, '≥ 1.4', 'not measured', ''])
  })

  it('hold the upper end of a price', () => {
    const price = targets.find(({ atMost }) => atMost !== undefined)!
    const timings = [timing('wasm with codes', 1.06e-3, null), timing('wasm without codes', 1e-3, 1.06e-3)]
    const dear = result('affine', [{ name: '16×64 → 64', base: 'wasm with codes', timings, omitted: [] }])
    expect(judge(price, [dear])[3]).toBe('missed')
  })

  it('see transposed products only where they are', () => {
    const [tn] = targets.filter(({ title }) => title.startsWith('matmul tn'))
    expect(['16×784×512 tn', '16×784×512 nt', '16×784×512 nn'].map((name) => tn.cases.test(name))).toEqual([
      true,
      true,
      false,
    ])
  })

  it('judge how lasting speed is', () => {
    const ratio = { value: 0.7, low: 0.6, high: 0.8 }
    const aged = { name: 'ae, d = 60', agedSteps: 20_000, firstSeconds: 7e-4, agedSeconds: 1e-3, ratio }
    const lasting = {
      ...result('lasting', []),
      lasting: [aged, { ...aged, name: 'two', ratio: { ...ratio, value: 0.95 } }],
    }
    expect(targetTable([lasting])).toMatch(
      /20000 steps, ae, d = 60 +\| ≥ 0\.95 +\| 0\.700 \[0\.600, 0\.800\] \| missed/,
    )
    expect(suiteMarkdown(lasting)).toMatch(/two .*≥ 0\.95 after 20000 steps: met/)
  })

  it('judge memory', () => {
    const measured = { peakBytes: 10, heldBytes: 4, limitBytes: 5 }
    const memory = { ...result('memory', []), memory: [{ name: 'd = 60', measured }] }
    expect(targetTable([memory])).toMatch(/memory of the first-order step, d = 60.*missed/)
  })
})
