import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { autoencoder, saveModel } from '@facet/models'
import { key } from '@facet/tensor'
import { parseHTML } from 'linkedom'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { exitCode } from './exit-code.ts'
import { facet } from './testing/facet.ts'

let folder: string
const at = (name: string) => join(folder, name)

async function json(...args: string[]) {
  const { code, out, err } = await facet(...args, '--json')
  expect([code, err]).toEqual([exitCode.ok, ''])
  return { text: out, ...JSON.parse(out) }
}

const lines = (text: string) => text.trimEnd().split('\n')

/** Three lines that cut the plane into seven parts, and a sum. */
const triangle = {
  layers: [
    {
      W: [
        [1, 0],
        [0, 1],
        [1, 1],
      ],
      b: [0, 0, -1],
      activation: 'relu',
    },
    { W: [[1, 1, -1]], b: [-0.25], activation: 'identity' },
  ],
}

/** |x|, |y| and |z| as three outputs of three inputs. */
const cube = {
  input: { shape: [3] },
  layers: [
    {
      kind: 'dense',
      W: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      b: null,
      activation: 'abs',
    },
  ],
}

beforeAll(async () => {
  await startEngine()
  folder = mkdtempSync(join(tmpdir(), 'facet-geometry-'))
  writeFileSync(at('triangle.json'), JSON.stringify(triangle))
  writeFileSync(at('cube.json'), JSON.stringify(cube))
  writeFileSync(at('plane.json'), JSON.stringify({ origin: [0, 0, 0.5], u: [1, 0, 0], v: [0, 1, 0] }))
  const rows = key(3).normal([40, 3], 'float64').toArray() as number[][]
  writeFileSync(at('rows.csv'), ['a,b,c', ...rows.map((row) => row.join(','))].join('\n'))
  const model = autoencoder({ input: 3, bottleneck: 2, encoderHidden: [8], decoderHidden: [8], seed: 1 })
  writeFileSync(at('model.safetensors'), await saveModel(model))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('facet partition', () => {
  it('counts regions, pieces and maps, and begins its JSON with what was found and how', async () => {
    const { text, ...found } = await json('partition', at('triangle.json'), '--bounds', '-2,2')
    expect(text).toMatch(/^\{"regions":7,"complete":true,"verified":"(checked|exact)",/)
    expect(found).toMatchObject({
      affinePieces: 7,
      affineMaps: 7,
      vertices: 13,
      edges: 19,
      faces: 7,
      interiorEdges: 9,
      sizes: { 3: 3, 4: 1, 5: 3 },
      unitsChangedAcrossWall: { 1: 9 },
      area: 16,
      window: [-2, 2],
    })
    expect(Object.keys(found)).toEqual(
      expect.arrayContaining([
        'meanNeighbours',
        'wallLength',
        'sumOfSquaredAreas',
        'smallestArea',
        'shortestEdge',
      ]),
    )
  })

  it('is cut by an output where that is asked for, the first if none is named', async () => {
    const cut = await json('partition', at('triangle.json'), '--bounds', '-2,2', '--with-output')
    expect(cut.regions).toBeGreaterThan(7)
    expect(cut.level).toEqual({ output: 0 })
    expect(
      (await json('partition', at('triangle.json'), '--bounds', '-2,2', '--with-output', '0')).regions,
    ).toBe(cut.regions)
    const { code, err } = await facet('partition', at('triangle.json'), '--with-output', '1')
    expect([code, err]).toEqual([
      exitCode.usage,
      'facet: --with-output: expected an output from 0 to 0, got 1\n',
    ])
  })

  it('tells the same as a table', async () => {
    const { code, out, err } = await facet('partition', at('triangle.json'), '--bounds', '-2,2')
    expect([code, err]).toEqual([exitCode.ok, ''])
    expect(out).toMatch(/^\S+triangle\.json, -2 <= s, t <= 2\n/)
    expect(out).toMatch(
      /\nregions +7\naffine pieces +7\naffine maps +7\nvertices − edges \+ faces +13 − 19 \+ 7 = 1\n/,
    )
    expect(out).toMatch(/corners: regions +3: 3, 4: 1, 5: 3\n/)
    expect(out).toMatch(
      /\n(every sign above its error bound|signs near 0 settled in rational arithmetic); \d+ ms\n$/,
    )
  })

  it('ends where a budget says so, and says that it did', async () => {
    const whole = await json('partition', 'random:2-16-16-1')
    const cut = await json('partition', 'random:2-16-16-1', '--limit', '10')
    expect([whole.complete, cut.complete]).toEqual([true, false])
    expect(cut.regions).toBeLessThanOrEqual(10)
    expect((await facet('partition', 'random:2-16-16-1', '--limit', '10')).out).toContain(
      'a budget ended the search',
    )
  })

  it('takes planes from a file, through three samples, and of the two widest directions', async () => {
    const plane = (spec: string, ...more: string[]) =>
      json('partition', at('cube.json'), '--plane', spec, ...more)
    expect((await plane(at('plane.json'))).regions).toBe(4)
    const data = ['--data', at('rows.csv')]
    const through = await plane('points:1,2,3', ...data)
    const rows = lines(readFileSync(at('rows.csv'), 'utf8'))
      .slice(1)
      .map((line) => line.split(',').map(Number))
    expect(through.plane.origin).toEqual(rows[0])
    expect(through.plane.v).toEqual(rows[2].map((x, i) => x - rows[0][i]))
    const { plane: widest } = await plane('pca', ...data)
    const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0)
    expect(Math.abs(dot(widest.u, widest.v))).toBeLessThan(1e-12)
    expect(dot(widest.u, widest.u)).toBeGreaterThan(dot(widest.v, widest.v))
  })

  it('takes the parts of autoencoders, and some of their layers', async () => {
    const model = at('model.safetensors')
    const decoder = await json('partition', model, '--part', 'decoder', '--bounds', '-3,3')
    expect(decoder.regions).toBeGreaterThan(1)
    const { err, code } = await facet('partition', model)
    expect([code, err]).toEqual([
      exitCode.usage,
      expect.stringContaining('--plane: expected a plane of the 3 inputs'),
    ])
    const data = ['--data', at('rows.csv'), '--plane', 'pca']
    // The decoder's plane is that of its latent codes.
    const latent = await json('partition', model, '--part', 'decoder', ...data)
    expect(latent.plane.origin.length).toBe(2)
    const whole = await json('partition', model, ...data)
    const encoder = await json('partition', model, '--part', 'encoder', ...data)
    expect(whole.regions).toBeGreaterThanOrEqual(encoder.regions)
    expect((await json('partition', model, '--layers', '0,2', ...data)).regions).toBe(encoder.regions)
  })

  it('writes a line for every region', async () => {
    const { code, out } = await facet('partition', at('triangle.json'), '--bounds', '-2,2', '--out', '-')
    expect(code).toBe(exitCode.ok)
    const regions = lines(out).map((line) => JSON.parse(line))
    expect(regions.length).toBe(7)
    const inside = regions.find(({ code }) => code.join() === '1,1,0')
    expect(inside).toMatchObject({ area: 0.5, A: [[1, 1]], b: [-0.25] })
    expect(inside.corners.length).toBe(3)
    expect(inside.neighbours.map(({ changed }: { changed: number[][] }) => changed).toSorted()).toEqual([
      [[0, 0, 1, 0]],
      [[0, 1, 1, 0]],
      [[0, 2, 0, 1]],
    ])
    await facet('partition', at('triangle.json'), '--bounds', '-2,2', '--out', at('regions.jsonl'))
    expect(readFileSync(at('regions.jsonl'), 'utf8')).toBe(out)
  })
})

describe('facet walk', () => {
  it('lists crossings and the states that change', async () => {
    const walk = await json('walk', at('triangle.json'), '--from', '-0.5,0.25', '--to', '1.5,0.25')
    expect(walk.text).toMatch(/^\{"regions":3,"complete":true,"verified":"(checked|exact)",/)
    expect(walk).toMatchObject({
      t: [0.25, 0.625],
      changed: [[[0, 0, 0, 1]], [[0, 2, 0, 1]]],
      firstCode: [0, 1, 0],
      lastCode: [1, 1, 1],
      outputAtCrossings: [[0], [0.75]],
    })
    const { out } = await facet('walk', at('triangle.json'), '--from', '-0.5,0.25', '--to', '1.5,0.25')
    expect(out).toContain('3 regions\n')
    expect(out).toMatch(/0\.2500000000 +0\.0: 0 → 1\n0\.6250000000 +0\.2: 0 → 1\n/)
  })

  it('goes along a polyline', async () => {
    writeFileSync(at('points.json'), '[[-0.5, 0.25], [1.5, 0.25], [1.5, -0.25]]')
    const walk = await json('walk', at('triangle.json'), '--through', at('points.json'))
    expect(walk.t).toEqual([0.25, 0.625, 1.5])
  })

  it('says what it expects, with exit code 2', async () => {
    const net = at('triangle.json')
    const cases: [string[], string][] = [
      [[], 'expected --from and --to, or --through'],
      [['--from', '0,0'], 'expected --from and --to, or --through'],
      [['--from', '0,0', '--to', '0,0,1'], 'expected points of 2 numbers, the inputs of the network, got 3'],
      [['--from', '0,x', '--to', '0,1'], 'xpected numbers such as 0.5,-1'],
      [['--through', at('none.json')], '--through: '],
      [['--through', at('plane.json')], 'expected a list of two or more points'],
      [['--through', at('plane.json'), '--from', '0,0'], 'got both'],
    ]
    for (const [args, message] of cases) {
      const { code, err } = await facet('walk', net, ...args)
      expect([code, err]).toEqual([exitCode.usage, expect.stringContaining(message)])
    }
  })
})

describe('facet region', () => {
  it('shows the walls of a point, what lies behind them and how large the region is', async () => {
    const region = await json('region', at('triangle.json'), '--at', '0.25,0.25')
    expect(region).toMatchObject({
      code: [1, 1, 0],
      isOnWall: false,
      isBounded: true,
      map: { A: [[1, 1]], b: [-0.25] },
    })
    expect(region.radius).toBeCloseTo(1 / (2 + Math.SQRT2), 9)
    const walls = region.walls.map(({ changed, code }: { changed: number[][]; code: number[] }) => [
      changed,
      code,
    ])
    expect(walls.toSorted()).toEqual([
      [[[0, 0, 1, 0]], [0, 1, 0]],
      [[[0, 1, 1, 0]], [1, 0, 0]],
      [[[0, 2, 0, 1]], [1, 1, 1]],
    ])
    const { out } = await facet('region', at('triangle.json'), '--at', '0.25,0.25')
    expect(out).toContain('code 110\nbounded, 3 walls, radius of the largest ball 0.292893\n')
    expect(out).toMatch(/0\.0: 1 → 0 +0\.25\n/)
  })

  it('ends at a box, and may have no end', async () => {
    const args = ['region', at('triangle.json'), '--at', '-0.25,-0.25']
    expect(await json(...args)).toMatchObject({ isBounded: false, radius: null, boxFaces: [] })
    const boxed = await json(...args, '--box', '-1,1')
    expect([boxed.radius, boxed.isBounded]).toEqual([0.5, true])
    expect(boxed.boxFaces.toSorted()).toEqual([
      [0, 0],
      [1, 0],
    ])
  })

  it('says what it expects, with exit code 2', async () => {
    const net = at('triangle.json')
    for (const [args, message] of [
      [[], "required option '--at <x,…>' not specified"],
      [['--at', '1'], '--at: expected 2 numbers, the inputs of the network, got 1'],
      [['--at', '3,0', '--box', '-1,1'], '--at: expected a point of the box -1,1, got 3,0'],
      [['--at', '0,0', '--box', '1,-1'], 'xpected two numbers LO,HI, the lower first'],
    ] as [string[], string][]) {
      const { code, err } = await facet('region', net, ...args)
      expect([code, err]).toEqual([exitCode.usage, expect.stringContaining(message)])
    }
  })
})

describe('facet regions', () => {
  it('enumerates a box and all of space', async () => {
    const all = await json('regions', at('triangle.json'), '--unbounded')
    expect(all.text).toMatch(/^\{"regions":7,"complete":true,"verified":"(checked|exact)","dualEdges":9,/)
    expect(all).toMatchObject({ boundedRegions: 1, box: null })
    expect(await json('regions', at('cube.json'))).toMatchObject({ regions: 8, dualEdges: 12, box: [-1, 1] })
    expect((await json('regions', at('cube.json'), '--box', '0.5,1')).regions).toBe(1)
    expect((await facet('regions', at('triangle.json'), '--unbounded')).out).toMatch(
      /all of space\n.*\nregions +7\nbounded +1\n/,
    )
  })

  it('finds the regions on the boundary of an output alone', async () => {
    const args = ['regions', at('triangle.json'), '--unbounded']
    const whole = await json(...args)
    const cut = await json(...args, '--with-output')
    // Every region that the boundary meets is cut into two by it.
    expect((await json(...args, '--boundary')).regions).toBe(cut.regions - whole.regions)
  })

  it('writes a line for every region, ends at a budget and refuses what cannot be', async () => {
    const { out } = await facet('regions', at('cube.json'), '--out', '-')
    const regions = lines(out).map((line) => JSON.parse(line))
    expect(regions.map(({ neighbours }) => neighbours.length)).toEqual(Array(8).fill(3))
    const cut = await json('regions', at('cube.json'), '--limit', '3')
    expect([cut.regions, cut.complete]).toEqual([3, false])
    const both = await facet('regions', at('cube.json'), '--unbounded', '--box', '-1,1')
    expect([both.code, both.err]).toEqual([exitCode.usage, expect.stringContaining('got both')])
  })
})

describe('facet draw', () => {
  it('says with --json what is on a picture', async () => {
    const drawn = await facet('draw', 'partition', 'random:2-8-2', '--json', '--out', at('told.svg'))
    const { regions } = JSON.parse((await facet('partition', 'random:2-8-2', '--json')).out)
    expect(JSON.parse(drawn.out)).toEqual({
      drawn: [{ network: 'random:2-8-2', regions, complete: true, verified: 'checked' }],
      out: at('told.svg'),
    })
    const epsilon = await facet('draw', 'epsilon', 'random:6-4-2', '--json', '--out', at('told.svg'))
    expect(JSON.parse(epsilon.out)).toMatchObject({ pairs: 16, isLearned: false })
  })

  it('draws partitions side by side, with the command, seed and build that made them', async () => {
    const nets = ['random:2-8-8-1,seed=4', 'random:2-8-8-1,no-bias,seed=4']
    const { code, err } = await facet('draw', 'partition', ...nets, '--out', at('fig.svg'))
    expect([code, err]).toEqual([exitCode.ok, `${at('fig.svg')}\n`])
    const svg = readFileSync(at('fig.svg'), 'utf8')
    const { document } = parseHTML(svg)
    expect(JSON.parse(document.querySelector('metadata')!.textContent)).toEqual({
      command: `facet draw partition ${nets.join(' ')} --out ${at('fig.svg')}`,
      seed: '4',
      build: expect.stringMatching(/^facet \d+\.\d+\.\d+, node v/),
    })
    const words = [...document.querySelectorAll('text')].map(({ textContent }) => textContent)
    for (const net of nets) {
      expect(words).toContain(net)
      expect(words).toContain(`${(await json('partition', net)).regions} regions`)
    }
    expect(words.join(' ')).toContain('seed 4')
  })

  it.each(['region', 'slope', 'codes', 'error'])('colours regions by %s, as SVG and PNG', async (colour) => {
    const args = ['draw', 'partition', 'random:2-8-2', '--colour', colour, '--with-output', '1', '--out']
    expect((await facet(...args, at('a.svg'))).code).toBe(exitCode.ok)
    expect((await facet(...args, at('a.png'), '--scale', '1')).code).toBe(exitCode.ok)
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(readFileSync(at('a.svg'), 'utf8'))!
    const png = PNG.sync.read(readFileSync(at('a.png')))
    expect(Math.abs(png.width - Number(width))).toBeLessThanOrEqual(1)
    // The path of the file is one line longer or shorter in the caption.
    expect(Math.abs(png.height - Number(height))).toBeLessThanOrEqual(17)
    const colours = new Set<number>()
    for (let i = 0; i < png.data.length; i += 4) colours.add(png.data.readUInt32BE(i))
    expect(colours.size).toBeGreaterThan(5)
  })

  it.each([['random:2-8-8-3'], ['random:2-8-8-1'], ['random:2-8-8-6']])(
    'draws the surface of %s, a facet for every region',
    async (net) => {
      expect((await facet('draw', 'surface', net, '--out', at('s.svg'))).code).toBe(exitCode.ok)
      const svg = readFileSync(at('s.svg'), 'utf8')
      const facets = [...svg.matchAll(/<path d="M[^"]*Z"/g)].length
      expect(facets).toBe((await json('partition', net)).regions)
    },
  )

  it('draws counts in balls of networks of every size, of given data or normal ones', async () => {
    const nets = ['random:3-4-1', 'random:3-32-32-1']
    const args = [
      'draw',
      'counts',
      ...nets,
      '--centres',
      '2',
      '--draws',
      '50',
      '--radii',
      '2,0.1,1',
      '--seed',
      '5',
    ]
    expect((await facet(...args, '--out', at('c.svg'))).code).toBe(exitCode.ok)
    const svg = readFileSync(at('c.svg'), 'utf8')
    expect(svg).toContain('standard normal samples')
    expect(svg).toContain('seed 0, 5')
    expect([...svg.matchAll(/<circle/g)].length).toBe(2 * 3)
    const given = await facet(...args, '--data', at('rows.csv'), '--out', at('d.svg'))
    expect([given.code, readFileSync(at('d.svg'), 'utf8').includes('around rows of')]).toEqual([
      exitCode.ok,
      true,
    ])
    const image = await facet('draw', 'counts', 'random:1x4x4-c2-m-3', '--draws', '20', '--out', at('e.png'))
    expect(image.code).toBe(exitCode.ok)
    const wrong = await facet(...args, '--data', at('points.json'), '--out', at('x.svg'))
    expect(wrong.code).toBe(exitCode.usage)
    const radii = await facet('draw', 'counts', 'random:3-4-1', '--radii', '0,1', '--out', at('x.svg'))
    expect([radii.code, radii.err]).toEqual([
      exitCode.usage,
      expect.stringContaining('xpected radii above 0'),
    ])
  })

  it('draws group coordinates of pairs, of learned generators where a folder has them, else of random ones', async () => {
    const trained = await facet(
      ...['train', '--data', at('rows.csv'), '--out', at('trained'), '--epochs', '2', '--hidden', '8'],
      ...['--bottleneck', '2', '--objective', 'lieGroupFirstOrder', '--batch-size', '8'],
    )
    expect(trained.code).toBe(exitCode.ok)
    for (const [model, word] of [
      [at('trained'), 'learned generators'],
      [at('model.safetensors'), 'random generators'],
      ['random:3-8-2,seed=7', 'random generators'],
    ]) {
      expect((await facet('draw', 'epsilon', model, '--pairs', '5', '--out', at('eps.svg'))).code).toBe(
        exitCode.ok,
      )
      const svg = readFileSync(at('eps.svg'), 'utf8')
      expect(svg).toContain(word)
      // Two maps of five pairs by two generators, each with a scale of 48 colours, and the paper.
      expect([...svg.matchAll(/<rect/g)].length).toBe(2 * (5 * 2 + 24) + 1)
    }
    // A folder is a network too.
    expect((await json('partition', at('trained'), '--part', 'decoder')).regions).toBeGreaterThan(0)
    const none = await facet(
      'draw',
      'epsilon',
      at('trained'),
      '--objective',
      'lieGroupSecondOrder',
      '--out',
      at('x.svg'),
    )
    expect([none.code, none.err]).toEqual([
      exitCode.usage,
      expect.stringContaining('generators of lieGroupSecondOrder, got none'),
    ])
    const net = await facet('draw', 'epsilon', at('triangle.json'), '--out', at('x.svg'))
    expect([net.code, net.err]).toEqual([
      exitCode.usage,
      expect.stringContaining('expected an autoencoder, got one network'),
    ])
  })

  it('says what it expects, with exit code 2, and writes nothing', async () => {
    for (const [args, message] of [
      [['partition', 'random:2-8-1', '--out', at('x.gif')], 'xpected a file that ends in .svg or .png'],
      [['partition', 'random:2-8-1'], "required option '--out <file>' not specified"],
      [['partition', 'random:2-8-1', '--colour', 'slop', '--out', at('x.svg')], "(did you mean 'slope'?)"],
      [['partition', 'random:2-8-1', '--out', at('none/x.svg')], '--out: '],
      [['partition', 'random:3-8-1', '--out', at('x.svg')], '--plane: expected a plane of the 3 inputs'],
      [['histogram', 'random:2-8-1'], "unknown command 'histogram'"],
    ] as [string[], string][]) {
      const { code, err } = await facet('draw', ...args)
      expect([code, err]).toEqual([exitCode.usage, expect.stringContaining(message)])
    }
    const noErrors = await facet(
      'draw',
      'partition',
      'random:2-8-1',
      '--colour',
      'error',
      '--out',
      at('x.svg'),
    )
    expect(noErrors.err).toContain('expected as many outputs as inputs')
    expect(existsSync(at('x.svg'))).toBe(false)
  })
})

describe('a network of a command', () => {
  it.each([
    ['random:2', 'expected random:2-16-16-1'],
    ['random:2-x', "got widths '2-x'"],
    ['random:2-4-1,relou', "got 'relou'"],
    ['none.json', 'there is no such file or folder'],
    ['.', 'expected a folder of facet train'],
  ])('is refused as %s', async (source, message) => {
    const name = source.startsWith('random') ? source : at(source)
    const { code, err } = await facet('partition', name)
    expect([code, err]).toEqual([exitCode.usage, expect.stringContaining(message)])
  })

  it.each([
    ['an empty file', '', 'expected JSON, got an empty file'],
    ['no JSON', 'x', 'expected JSON'],
    ['a list', '[]', "expected a network as JSON, an object with 'layers'"],
    ['no layer', '{"layers": []}', 'input: expected {shape: …} where no layer has a W, got none'],
    ['another kind', '{"layers": [{"kind": "lstm"}]}', 'input: expected {shape: …}'],
    [
      'ragged weights',
      '{"layers": [{"W": [[1, 2], [3]], "b": null, "activation": "relu"}]}',
      'layers[0]: W: tensor: ragged values',
    ],
    [
      'an encoder of nothing',
      JSON.stringify({ ...triangle, encoderLayers: 2 }),
      'encoderLayers: expected a whole number from 1 to 1, got 2',
    ],
  ])('is refused with %s', async (_, content, message) => {
    writeFileSync(at('bad.json'), content)
    const { code, err } = await facet('partition', at('bad.json'))
    expect([code, err]).toEqual([exitCode.usage, expect.stringContaining(message)])
    expect(err).toContain('bad.json: ')
  })

  it('is refused where its part is not there', async () => {
    const parts = async (...args: string[]) => (await facet('partition', at('triangle.json'), ...args)).err
    expect(await parts('--part', 'decoder')).toContain(
      '--part decoder: expected an autoencoder, got one network',
    )
    expect(await parts('--layers', '1,9')).toContain(
      'layers: expected FROM,TO with 0 <= FROM < TO <= 2, got 1,9',
    )
    expect(await parts('--layers', '1')).toContain('xpected two whole numbers FROM,TO')
    expect(await parts('--bounds', '1,1')).toContain('xpected two numbers LO,HI, the lower first')
  })

  it('may say where its encoder ends', async () => {
    writeFileSync(at('autoencoder.json'), JSON.stringify({ ...triangle, encoderLayers: 1 }))
    const encoder = await json('partition', at('autoencoder.json'), '--part', 'encoder', '--bounds', '-2,2')
    expect(encoder.regions).toBe(7)
    const whole = await json('partition', at('autoencoder.json'), '--bounds', '-2,2')
    expect(whole.regions).toBe(7)
  })
})
