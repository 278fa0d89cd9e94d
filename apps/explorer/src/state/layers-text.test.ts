import { describe, expect, it } from 'vitest'
import { parseLayers, printLayers } from './layers-text.ts'

describe('a line of layers', () => {
  it.each([
    [{ encoder: [32, 16], bottleneck: 2, decoder: [8] }, 2],
    [{ encoder: [], bottleneck: 1, decoder: [] }, 144],
    [{ encoder: [1, 2, 3, 4, 5, 6], bottleneck: 3, decoder: [128] }, null],
  ])('is read as it is written: %j of %j', (layers, width) => {
    expect(parseLayers(printLayers(layers, width), width)).toEqual({ layers })
  })

  it.each(['2-16-[1]-8-2', '2, 16, [1], 8, 2', ' 2 16 [1] 8 2 ', '2 → 16 → [1] → 8 → 2', '2−16−[1]—8–2'])(
    'may be parted in other ways: %s',
    (text) => {
      expect(parseLayers(text, 2)).toEqual({ layers: { encoder: [16], bottleneck: 1, decoder: [8] } })
    },
  )

  it.each([
    ['', 'no width in brackets'],
    ['2 – 32 – 2', 'no width in brackets'],
    ['2 – [1] – [1] – 2', '2 in brackets'],
    ['[2] – 32 – 2', 'the bottleneck at the first place'],
    ['2 – 32 – [2]', 'the bottleneck at the last place'],
    ['2 – x – [2] – 2', '“x”'],
    ['2 – 3.5 – [2] – 2', '“3.5”'],
    ['2 – 1e9 – [2] – 2', '“1e9”'],
    ['3 – 8 – [2] – 8 – 2', 'got 3'],
    ['2 – 0 – [2] – 8 – 2', 'got 0'],
    ['2 – 129 – [2] – 8 – 2', 'got 129'],
    ['2 – 8 – [3] – 8 – 2', 'got 3'],
    ['2 – 8 – [0] – 8 – 2', 'got 0'],
    ['2 – 1 – 1 – 1 – 1 – 1 – 1 – 1 – [2] – 8 – 2', 'got 7'],
  ])('says what was expected in place of “%s”', (text, got) => {
    const parsed = parseLayers(text, 2)
    expect(parsed).toEqual({ problem: expect.stringMatching(/^expected /) })
    expect('problem' in parsed && parsed.problem).toContain(got)
  })
})
