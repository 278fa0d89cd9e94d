import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RegionsPicture } from '../work/messages.ts'
import { pictureSvg, type SvgOptions } from './picture-svg.ts'
import { madePicture } from './testing/made-picture.ts'

const options: SvgOptions = { width: 400, scheme: 'light', shading: 'region', title: 'Regions' }
const count = (svg: string, what: RegExp) => svg.match(what)?.length ?? 0

describe('a picture as SVG', () => {
  let picture: RegionsPicture
  beforeAll(async () => {
    await init()
    ;({ picture } = madePicture({ hidden: [8, 8] }))
  })

  it('has every polygon, wall and sample once', () => {
    const svg = pictureSvg(picture, options)
    expect(count(svg, /M[^MZ"]*Z/g)).toBe(picture.regions)
    const lines = /<path d="((?:M[-\d.]+,[-\d.]+L[-\d.]+,[-\d.]+)+)" fill="none"/.exec(svg)![1]
    expect(count(lines, /M/g)).toBe(picture.walls.length / 4)
    expect(count(svg, /<circle/g)).toBe(100)
  })

  it('stands alone: it names its language and asks for nothing', () => {
    const svg = pictureSvg(picture, options)
    expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true)
    expect(svg).not.toMatch(/href|url\((?!#)|<style|<script|var\(|NaN|undefined/)
  })

  it('writes what is a sign of markup as text', () => {
    const svg = pictureSvg(picture, { ...options, title: '<b>"a" & b', axes: ['<x>', 'y'] })
    expect(svg).toContain('&lt;b&gt;&quot;a&quot; &amp; b')
    expect(svg).toContain('&lt;x&gt;')
    expect(svg).not.toContain('<b>')
  })

  it('has a scale where errors are drawn, and where there are none it has not', () => {
    expect(pictureSvg(picture, { ...options, shading: 'error' })).toContain('squared error')
    const without = { ...picture, errors: new Float32Array(0) }
    expect(pictureSvg(without, { ...options, shading: 'error' })).toBe(pictureSvg(without, options))
  })

  it('draws samples of the validation part hollow, and labels by colour', () => {
    const facts = {
      train: new Float32Array(2 * 60),
      validation: new Float32Array(2 * 40),
      width: 2,
      labels: Int32Array.from({ length: 60 }, (_, i) => i % 3),
      classes: null,
      columns: null,
      kind: 'points' as const,
      image: null,
    }
    const svg = pictureSvg(picture, { ...options, facts })
    const groups = [...svg.matchAll(/<g fill="(#\w+)" stroke="(#\w+)"[^>]*>(.*?)<\/g>/g)]
    expect(groups.map((group) => count(group[3], /<circle/g))).toEqual([40, 20, 20, 20])
    expect(groups[0][1]).toBe('#ffffff')
    expect(new Set(groups.slice(1).map((group) => group[1])).size).toBe(3)
  })

  it('is dark where it is asked for', () => {
    expect(pictureSvg(picture, { ...options, scheme: 'dark' })).toContain('fill="#14171b"')
  })

  it('draws intervals as a strip', () => {
    const line = { ...picture, frame: { s: [-1, 1], t: [-1, 1] } as const }
    expect(pictureSvg(line, { ...options, isStrip: true })).toContain('height="186"')
  })
})
