import { describe, expect, it } from 'vitest'
import type { SurfacePicture } from '../work/messages.ts'
import { surfaceSvg } from './surface-svg.ts'

/** Two squares over one another, at heights 0 and 1, and a sample between them and one above both. */
const squares = (some: Partial<SurfacePicture> = {}): SurfacePicture => ({
  dimension: 2,
  corners: Float32Array.of(
    ...[-1, -1, 1, 1, -1, 1, 1, 1, 1, -1, 1, 1],
    ...[-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0],
  ),
  starts: Uint32Array.of(0, 4, 8),
  hashes: Uint32Array.of(1, 2, 3, 4),
  creases: new Float32Array(),
  samples: Float32Array.of(0, 0, 0.5, 0.5, 0, 2),
  isFlat: false,
  axes: ['x', 'y', '<z>'],
  ...some,
})

const options = { turn: { azimuth: 0, elevation: 90 }, scheme: 'light', title: 'A & B', facts: null } as const

const drawn = (svg: string): string[] => svg.match(/<path d="M\S*Z"|<circle/g)!.map((tag) => tag.slice(0, 5))

describe('surfaceSvg', () => {
  it('draws what is far before what is near: from above the lower square, the sample on it, the upper one, the sample over it', () => {
    expect(drawn(surfaceSvg(squares(), options))).toEqual(['<path', '<circ', '<path', '<circ'])
  })

  it('turns it over where it is seen from below', () => {
    const [above, below] = [90, -90].map((elevation) =>
      surfaceSvg(squares({ samples: Float32Array.of(-1, -1, 0, 1, 1, 1) }), {
        ...options,
        turn: { azimuth: 0, elevation },
      }),
    )
    const fills = (svg: string) => svg.match(/fill="rgb\([^"]*"/g)!
    expect(fills(above)).toEqual(fills(below).reverse())
    expect(new Set(fills(above)).size).toBe(2)
  })

  it('keeps all samples before a flat surface, which lets folds be seen', () => {
    const svg = surfaceSvg(squares({ isFlat: true }), options)
    expect(drawn(svg)).toEqual(['<path', '<path', '<circ', '<circ'])
    expect(svg).toContain('fill-opacity')
    expect(svg).not.toContain('&lt;z&gt;')
  })

  it('draws a curve with a dot at each bend', () => {
    const svg = surfaceSvg(
      squares({
        dimension: 1,
        corners: Float32Array.of(0, 0, 0, 1, 0, 0, 1, 1, 0),
        starts: Uint32Array.of(0, 1, 2),
        samples: Float32Array.of(0, 0, 0, 1, 1, 0),
        isFlat: true,
      }),
      options,
    )
    expect(svg.match(/stroke-width="9"/g)).toHaveLength(2)
    expect(svg.match(/<circle [^>]*r="3"/g)).toHaveLength(1)
  })

  it('writes words as texts', () => {
    const svg = surfaceSvg(squares(), options)
    expect(svg).toContain('<title>A &amp; B</title>')
    expect(svg).toContain('&lt;z&gt;')
    expect(svg).not.toMatch(/NaN|undefined/)
  })
})
