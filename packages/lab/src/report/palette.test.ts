import { describe, expect, it } from 'vitest'
import { hues, pageShades } from './palette.ts'

type Triple = readonly [number, number, number]

const linear = (hex: string): Triple =>
  [1, 3, 5].map((i) => {
    const s = Number.parseInt(hex.slice(i, i + 2), 16) / 255
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4
  }) as unknown as Triple

const times = (rows: readonly Triple[], [r, g, b]: Triple): Triple =>
  rows.map((row) => row[0] * r + row[1] * g + row[2] * b) as unknown as Triple

/** Björn Ottosson's OKLab, of linear sRGB. */
const oklab = (rgb: Triple): Triple => {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  )
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones.map(Math.cbrt) as unknown as Triple,
  )
}

/** Machado, Oliveira & Fernandes 2009, severity 1. */
const sights: Readonly<Record<string, readonly Triple[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

const clamped = (rgb: Triple): Triple => rgb.map((c) => Math.min(1, Math.max(0, c))) as unknown as Triple

const luminance = (hex: string): number => times([[0.2126, 0.7152, 0.0722]], linear(hex))[0]

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(['light', 'dark'] as const)('the palette, %s', (scheme) => {
  const colours = Object.values(hues).map((shades) => shades[scheme])

  it.each(Object.keys(sights))('keeps models apart for %s sight', (sight) => {
    const seen = colours.map((colour) => oklab(clamped(times(sights[sight], linear(colour)))))
    const distances = seen.flatMap((a, i) =>
      seen.slice(0, i).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
    )
    expect(Math.min(...distances)).toBeGreaterThan(0.09)
  })

  it('stands out from the page: lines 3 : 1, text 4.5 : 1', () => {
    const paper = pageShades.paper[scheme]
    for (const colour of colours) expect(contrast(colour, paper)).toBeGreaterThan(3)
    for (const name of ['ink', 'faint', 'link'] as const) {
      expect(contrast(pageShades[name][scheme], paper)).toBeGreaterThan(4.5)
      expect(contrast(pageShades[name][scheme], pageShades.panel[scheme])).toBeGreaterThan(4.5)
    }
  })
})
