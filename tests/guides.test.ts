// The README and the guides of docs/guides: their programs are files of examples/, and print what the pages say.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { examples, guideOf, nodeGuides, pageGuides } from './guides.ts'

const all = [...nodeGuides, ...pageGuides]

/** Lines of a text, and its numbers apart, for processors round sums in their own ways. */
const number = /-?\d+(\.\d+)?/g
const shapeOf = (text: string): string => text.replace(number, '#')
const numbersOf = (text: string): number[] => (text.match(number) ?? []).map(Number)

/** What a program says on the console, line by line as Node does. */
async function printed(name: string): Promise<string> {
  const { format } = await import('node:util')
  const lines: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((...values) => void lines.push(format(...values)))
  try {
    await import(join(examples, `${name}.mjs`))
  } finally {
    log.mockRestore()
  }
  return `${lines.join('\n')}\n`
}

/** Points of the map by their colours. */
const dotsOf = (svg: string) =>
  [...svg.matchAll(/<circle cx="(.*?)" cy="(.*?)" r="4" fill="(.*?)"/g)].map(([, x, y, fill]) => ({
    x: Number(x),
    y: Number(y),
    fill,
  }))

/** Share of the points whose nearest other has the same colour. */
function likeTheNearest(svg: string): number {
  const dots = dotsOf(svg)
  const alike = dots.filter((dot) => {
    const distance = (other: typeof dot) =>
      other === dot ? Infinity : (other.x - dot.x) ** 2 + (other.y - dot.y) ** 2
    return dots.reduce((a, b) => (distance(b) < distance(a) ? b : a)).fill === dot.fill
  })
  return alike.length / dots.length
}

/** What each program must show, beside saying what its page says. */
const shows: Readonly<Record<(typeof nodeGuides)[number], (text: string) => void>> = {
  start(text) {
    expect(text).toMatch(/^\[ false, true \]\n\{ column: 'flow', share: 0\.[5-9]\d* \}\n$/)
  },
  'fit-a-table'(text) {
    const [alarms, columns, cause, error, pca, mean] = text.split('\n')
    expect(alarms).toBe('[ false, true, false ]')
    expect(columns).toMatch(/^flow /)
    expect(cause).toMatch(/^flow is 35, expected 3[89]/)
    const [ours, linear, none] = [error, pca, mean].map((line) => numbersOf(line)[0])
    expect(ours).toBeLessThan(0.2 * linear)
    expect(linear).toBeLessThan(none)
  },
  threshold(text) {
    const [rule, p, smallest, alarms] = text.split('\n').map(numbersOf)
    expect(rule[1]).toBe(400)
    expect(p.at(-1)).toBeCloseTo(1 / 401, 3)
    expect(smallest[0]).toBeCloseTo(1 / 401, 4)
    // One in a hundred, as four hundred rows tell it.
    expect(alarms.at(-1)).toBeLessThan(300)
    expect(alarms.at(-1)).toBeGreaterThan(20)
  },
  stream(text) {
    const changed = text
      .trim()
      .split('\n')
      .map((line) => line.endsWith('changed: true'))
    expect(changed).toEqual([...Array(6).fill(false), true, true, true])
  },
  map(text) {
    expect(dotsOf(text).length).toBe(300)
    expect(likeTheNearest(text)).toBeGreaterThan(0.75)
    // The picture of the page has other numbers only where another processor made it.
    const picture = readFileSync(join(examples, '../docs/guides/map.svg'), 'utf8')
    expect(shapeOf(picture)).toBe(shapeOf(text))
    expect(likeTheNearest(picture)).toBeGreaterThan(0.75)
  },
  denoise(text) {
    const [received, cleaned] = numbersOf(text)
    expect(cleaned).toBeLessThan(0.15 * received)
  },
  'own-loss'(text) {
    const [squares, distances] = numbersOf(text)
    expect(distances).toBeLessThan(0.85 * squares)
  },
  'own-layer'(text) {
    const [received, plain, smooth, copy] = numbersOf(text)
    expect(plain).toBeLessThan(0.25 * received)
    expect(smooth).toBeLessThan(0.9 * plain)
    expect(copy).toBe(0)
  },
}

describe.each(all)('the guide %s', (name) => {
  const guide = guideOf(name)

  it('shows the program as it is', () => {
    expect(guide.blocks('js')[0]).toBe(guide.program)
  })

  it('has 3 to 10 lines of its own, below imports and data', () => {
    const own = guide.program.trimEnd().split('\n\n').at(-1)!.split('\n')
    expect(own.length).toBeGreaterThanOrEqual(3)
    expect(own.length).toBeLessThanOrEqual(10)
  })

  it.skipIf(name === 'start')('is in the index', () => {
    const index = readFileSync(join(examples, '../docs/guides/README.md'), 'utf8')
    expect(index).toContain(`(${name}.md)`)
    expect(index).toContain(`(../../examples/${name}.mjs)`)
  })
})

describe('the programs of examples/', () => {
  it('are those of the guides', () => {
    const programs = readdirSync(examples).filter(
      (file) => file.endsWith('.mjs') && file !== 'vite.config.mjs',
    )
    expect(programs.sort()).toEqual(all.map((name) => `${name}.mjs`).sort())
  })

  it.each(nodeGuides)('%s prints what its page says', { timeout: 300_000 }, async (name) => {
    const text = await printed(name)
    shows[name](text)
    if (name === 'map') return
    const [told] = guideOf(name).blocks('text')
    expect(shapeOf(text)).toBe(shapeOf(told))
    const [got, want] = [numbersOf(text), numbersOf(told)]
    got.forEach((x, i) => {
      const most = 0.25 * Math.abs(want[i]) + (Number.isInteger(want[i]) ? 2 : 0.002)
      expect(Math.abs(x - want[i]), `${x}, where ${want[i]} is told`).toBeLessThanOrEqual(most)
    })
  })

  it.each(pageGuides)('%s has the elements that its page shows', (name) => {
    const html = readFileSync(join(examples, `${name}.html`), 'utf8')
    for (const line of guideOf(name).blocks('html')[0].trimEnd().split('\n'))
      expect(html).toContain(line.trim())
  })
})

describe('links of the README and of docs/', () => {
  const root = join(examples, '..')
  const pages = [
    'README.md',
    'FEATURES.md',
    'CONTRIBUTING.md',
    'bench/README.md',
    'packages/facet/README.md',
  ].concat(
    (readdirSync(join(root, 'docs'), { recursive: true }) as string[])
      .filter((file) => file.endsWith('.md'))
      .map((file) => `docs/${file}`),
  )
  /** Of a heading, as GitHub makes them. */
  const anchorOf = (heading: string): string =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')

  it.each(pages)('of %s lead somewhere', (page) => {
    const text = readFileSync(join(root, page), 'utf8').replace(/```[\s\S]*?```/g, '')
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link)
    const dead = links.filter((link) => {
      if (/^https?:/.test(link)) return false
      const [file, anchor] = link.split('#')
      const path = file === '' ? join(root, page) : join(root, dirname(page), file)
      if (!existsSync(path)) return true
      if (anchor === undefined || !path.endsWith('.md')) return false
      const headings = [...readFileSync(path, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
        anchorOf(heading),
      )
      return !headings.includes(anchor)
    })
    expect(dead).toEqual([])
  })
})
