import { describe, expect, it } from 'vitest'
import { Curve } from '../session/curve.ts'
import type { Status } from '../session/session.ts'
import { defaultState, type State } from '../state/state.ts'
import { RegionCounts } from '../views/curves-regions.ts'
import { fileName } from './file-name.ts'
import type { PageShown } from './page-shown.ts'
import { reportHtml } from './report.ts'

const status = {
  facts: { train: new Float32Array(20), width: 2 },
  parameters: 3492,
  step: 7,
} as Status

const shown = (state: State): PageShown => {
  const curve = new Curve()
  curve.add(Float64Array.of(7, 0.5, 0.25, 2))
  return {
    state,
    status,
    frame: null,
    curve,
    counts: new RegionCounts(),
    scheme: 'light',
    page: 'https://host.test/explorer/',
    checksum: '1a2b3c4d',
  }
}

const atSeven: State = { ...defaultState, step: 7 }

describe('a report', () => {
  it('says what was computed and what came out, and links to it', () => {
    const html = reportHtml(shown(atSeven), [], null)
    const text = html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
    for (const part of [
      'data circle with a gap, points 128, noise 0, gap 0.25',
      'training samples 10 of 2 numbers',
      'network 2 – 16 – 16 – [2] – 16 – 16 – 16 – 2',
      'parameters 3,492',
      'training Adam, rate 0.003, batches of 32, seed 0',
      'weights 1a2b3c4d',
      'loss 0.5',
      'validation error 0.25',
    ])
      expect(text).toContain(part)
    expect(html).toContain('href="https://host.test/explorer/#set=circle&amp;step=7&amp;weights=1a2b3c4d"')
    expect(html).not.toContain('<script')
  })

  it('has pictures that cannot reach out of their frame, and the program', () => {
    const picture = {
      name: 'input',
      title: 'a < b',
      svg: '<svg xmlns="http://www.w3.org/2000/svg"><text>ü</text></svg>',
    }
    const html = reportHtml(shown(atSeven), [picture], 'if (a < b) run("</pre>")')
    const [, encoded] = /src="data:image\/svg\+xml;base64,([^"]*)" alt="a &lt; b"/.exec(html)!
    expect(Buffer.from(encoded, 'base64').toString()).toBe(picture.svg)
    expect(html).toContain('if (a &lt; b) run(&quot;&lt;/pre&gt;&quot;)')
  })

  it('says the name of a file as a text', () => {
    const data = {
      ...defaultState.recipe.data,
      set: 'file' as const,
      file: { name: `"><img src=x onerror=alert(1)>'`, checksum: '00000000' },
    }
    const html = reportHtml(shown({ ...atSeven, recipe: { ...defaultState.recipe, data } }), [], null)
    expect(html).not.toContain('<img')
    expect(html).toContain('once the file is chosen there')
  })
})

describe('fileName', () => {
  it('says the set, the step and the weights, where these are of that step', () => {
    expect(fileName(shown(atSeven), 'input.svg')).toBe('facet-circle-step-7-1a2b3c4d-input.svg')
    expect(fileName({ ...shown(atSeven), checksum: null }, '.safetensors')).toBe(
      'facet-circle-step-7.safetensors',
    )
    const earlier = { ...shown(atSeven), frame: { step: 3 } as PageShown['frame'] }
    expect(fileName(earlier, 'input.svg')).toBe('facet-circle-step-3-input.svg')
  })
})
