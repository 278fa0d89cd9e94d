import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { autoencoder, saveModel } from '@facet/models'
import { decodeNpy, encodeNpz, key } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { exitCode } from './exit-code.ts'
import { facet } from './testing/facet.ts'

let folder: string
const at = (name: string) => join(folder, name)

const lines = (text: string) => text.trimEnd().split('\n')

/** A table with a header and a class; `offset` moves its first column. */
function table(name: string, count: number, seed: number, offset = 0): void {
  const values = key(seed).normal([count, 3], 'float64').toArray() as number[][]
  const rows = values.map(([a, b, c]) => [
    (100 + 10 * a + offset).toFixed(6),
    (a + b).toFixed(6),
    (a - b).toFixed(6),
    (5 * b + 0.01 * c).toFixed(6),
    a > 0 ? 'high' : 'low',
  ])
  writeFileSync(at(name), [['w', 'x', 'y', 'z', 'kind'], ...rows].map((row) => `${row.join(',')}\n`).join(''))
}

beforeAll(async () => {
  await startEngine()
  folder = mkdtempSync(join(tmpdir(), 'facet-commands-'))
  table('train.csv', 60, 0)
  table('new.csv', 20, 1)
  table('far.csv', 5, 2, 60)
  const { code, err, out } = await facet(
    ...[
      'train',
      '--data',
      at('train.csv'),
      '--labels',
      'kind',
      '--out',
      at('model'),
      '--epochs',
      '50',
      '--learning-rate',
      '0.01',
    ],
    ...['--hidden', '16', '--objective', 'contractive,lieGroupFirstOrder', '--weight', '0.001'],
    ...['--weight', 'lieGroupFirstOrder=0.01', '--generators', 'skewSymmetric'],
  )
  expect([code, err.includes('about ')]).toEqual([exitCode.ok, true])
  const told = err.replace(/\s+/g, ' ')
  expect(told).toContain('train.csv: 60 rows × 4, 48 to train on, 12 held out; each column z-normalised')
  expect(told).toContain(
    'reconstruction + contractive (weight 0.001) + lieGroupFirstOrder (weight 0.01, generators skewSymmetric)',
  )
  expect(out).toMatch(/this model +[\d.e-]+ +[\d.e-]+\nPCA-2/)
  expect(out).toContain(`model in ${at('model')}`)
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('facet train', () => {
  it('refuses what cannot be, with exit code 2, and leaves no folder', async () => {
    const train = (...more: string[]) =>
      facet('train', '--data', at('train.csv'), '--labels', 'kind', '--out', at('x'), ...more)
    const cases: [string[], string][] = [
      [['--weight', '1'], '--weight: expected an objective that takes it (contractive, '],
      [
        ['--objective', 'denoising', '--sigma', 'higherOrderContractive=1'],
        '--sigma: expected one of denoising, which',
      ],
      [['--objective', 'denoisin'], "(did you mean 'denoising'?)"],
      [['--weight', 'contractiv=1'], "(did you mean 'contractive'?)"],
      [['--generators', 'lowRank:0'], 'xpected full, skewSymmetric, learned, given or lowRank:r'],
      [['--objective', 'orbit', '--bank', 'learnd'], "(did you mean 'learned'?)"],
      [['--objective', 'orbit', '--amplitude', 'no'], "xpected true or false, got 'no'"],
      [['--bank', 'learned'], '--bank: expected an objective that takes it (lieGroupOrbit, '],
      [['--validation', '1'], 'xpected a number of at least 0 and below 1'],
      [['--hidden', '8,x'], 'xpected a whole number'],
      [['--bottleneck', '5'], '--bottleneck: expected at most 4, the columns of train.csv, got 5'],
      [['--normalise', 'rows'], 'xpected one of none, series, columns, range'],
    ]
    for (const [args, message] of cases) {
      const { code, err } = await train(...args)
      expect(err).toContain(message)
      expect(code).toBe(exitCode.usage)
      expect(existsSync(at('x'))).toBe(false)
    }
    expect((await facet('train', '--out', at('x'))).err).toContain('--data: expected a file to train on')
    const missing = await facet('train', '--data', at('none.csv'), '--out', at('x'))
    expect([missing.code, missing.err.includes('none.csv')]).toEqual([exitCode.usage, true])
    const resumed = await facet('train', '--resume', at('model'), '--epochs', '9')
    expect(resumed.err).toContain(
      `--resume: goes on with the settings of ${at('model')}, got --epochs as well`,
    )
    expect((await facet('train', '--resume', at('model'))).err).toContain('holds a finished model')
  })

  it('names flags where a file does not say what its rows are', async () => {
    const words = await facet('train', '--data', at('train.csv'), '--out', at('x'))
    expect([words.code, words.err]).toEqual([
      exitCode.usage,
      expect.stringMatching(
        /^facet: \S+train\.csv line 2: field 5 \("kind"\): expected a finite number, got "(high|low)"; a column of texts is named by --labels, --id or --group, or left out by --drop\n$/,
      ),
    ])
    writeFileSync(at('hole.csv'), 'x,y\n1,2\n3,NaN\n')
    expect((await facet('train', '--data', at('hole.csv'), '--out', at('x'))).err).toMatch(
      /line 3: field 2 \("y"\): .* got "NaN"; .*1 in "y"; .*--missing drop\|mean\|median\|interpolate/,
    )
    const array = { data: new Float32Array([1, 2, 3, 4]), dtype: 'float32', shape: [2, 2] } as const
    writeFileSync(at('two.npz'), await encodeNpz({ a: array, b: array }))
    const arrays = await facet('train', '--data', at('two.npz'), '--out', at('x'))
    expect(arrays.err).toContain('name one by --array')
    writeFileSync(at('labels.tsv'), '1\n2\n1\n2\n')
    expect((await facet('train', '--data', at('labels.tsv'), '--out', at('x'))).err).toContain(
      'labels.tsv: expected rows of at least 2 numbers, got rows of 1: are these labels alone?',
    )
    expect(existsSync(at('x'))).toBe(false)
  })

  it('does not write over a model', async () => {
    const { code, err } = await facet(
      'train',
      '--data',
      at('new.csv'),
      '--labels',
      'kind',
      '--out',
      at('model'),
    )
    expect(code).toBe(exitCode.usage)
    expect(err).toContain('holds a model: choose another folder, or --overwrite')
  })

  it('trains on a sub-sample, one row, or none held out', async () => {
    const common = [
      'train',
      '--labels',
      'kind',
      '--epochs',
      '2',
      '--hidden',
      'none',
      '--overwrite',
      '--out',
      at('few'),
    ]
    const few = await facet(...common, '--data', at('train.csv'), '--sample', '10', '--validation', '0')
    expect(few.err).toContain('10 rows of 60 × 4, 10 to train on, 0 held out')
    const config = JSON.parse(readFileSync(join(at('few'), 'model.json'), 'utf8'))
    expect(config.result).toMatchObject({ bestEpoch: null, errors: { validation: null } })
    const scored = await facet('score', at('few'), at('new.csv'), '--top', '1')
    expect(lines(scored.out)[1].split(',')[5]).toBe('')
    table('one.csv', 1, 3)
    expect((await facet(...common, '--data', at('one.csv'), '--normalise', 'none')).code).toBe(exitCode.ok)
  })
})

describe('facet encode and reconstruct', () => {
  it('write CSV to stdout, with the labels and the names of the columns', async () => {
    const codes = await facet('encode', at('model'), at('new.csv'))
    expect(lines(codes.out)[0]).toBe('label,z1,z2')
    expect(lines(codes.out).length).toBe(21)
    expect(lines(codes.out)[1]).toMatch(/^(high|low),-?[\d.e-]+,-?[\d.e-]+$/)
    const rows = await facet('reconstruct', at('model'), at('new.csv'), '--out', '-')
    expect(lines(rows.out)[0]).toBe('label,w,x,y,z')
    const width = lines(rows.out)
      .slice(1)
      .map((line) => Number(line.split(',')[1]))
    const own = lines(readFileSync(at('new.csv'), 'utf8'))
      .slice(1)
      .map((line) => Number(line.split(',')[0]))
    width.forEach((value, i) => void expect(Math.abs(value - own[i])).toBeLessThan(10))
  })

  it('write the same numbers to a file, as CSV and as .npy, from several files', async () => {
    const files = [at('new.csv'), at('far.csv')]
    await facet('encode', at('model'), ...files, '--out', at('codes.csv'))
    await facet('encode', at('model'), ...files, '--out', at('codes.npy'))
    const csv = lines(readFileSync(at('codes.csv'), 'utf8'))
    expect(csv[0]).toBe('file,label,z1,z2')
    const { shape, data } = decodeNpy(readFileSync(at('codes.npy')))
    expect(shape).toEqual([25, 2])
    const numbers = csv.slice(1).flatMap((line) =>
      line
        .split(',')
        .slice(2)
        .map((cell) => Math.fround(Number(cell))),
    )
    expect(numbers).toEqual([...data])
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('take a file without labels where that is said', async () => {
    writeFileSync(at('bare.csv'), 'w,x,y,z\n100,1,1,5\n')
    const { out, code } = await facet('encode', at('model'), at('bare.csv'), '--labels', 'none')
    expect([code, lines(out)[0]]).toEqual([exitCode.ok, 'z1,z2'])
  })

  it('find columns by name, in any order and among others', async () => {
    writeFileSync(at('straight.csv'), 'w,x,y,z,kind\n100,1,2,5,a\n')
    writeFileSync(at('swapped.csv'), 'q,z,kind,y,w,x\n7,5,a,2,100,1\n')
    const straight = await facet('encode', at('model'), at('straight.csv'))
    const swapped = await facet('encode', at('model'), at('swapped.csv'))
    expect([swapped.code, swapped.out]).toEqual([exitCode.ok, straight.out])
    expect(swapped.err).toMatch(/swapped\.csv: .*q/)
  })

  it('take files without the columns that were only kept beside the rows', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `n${i},2026-01-${(i % 28) + 1},g${i % 2},${i},${i ** 2 % 7},${i % 5}`,
    )
    const table = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')
    writeFileSync(at('beside.csv'), table(['name,day,machine,a,b,c', ...rows]))
    writeFileSync(at('alone.csv'), table(['a,b,c', ...rows.map((row) => row.split(',').slice(3).join(','))]))
    const roles = ['--id', 'name', '--time', 'day', '--group', 'machine']
    await facet('train', '--data', at('beside.csv'), ...roles, '--out', at('beside'), '--epochs', '1')
    const beside = await facet('encode', at('beside'), at('beside.csv'))
    const alone = await facet('encode', at('beside'), at('alone.csv'))
    expect([beside.code, alone.code]).toEqual([exitCode.ok, exitCode.ok])
    expect(lines(beside.out)[0]).toBe('name,day,machine,z1')
    expect(lines(beside.out)[1]).toBe(`n0,2026-01-1,g0,${lines(alone.out)[1]}`)
    expect(alone.err).toContain('alone.csv: there is no column "name"')
  })

  it('keep large numbers: what is near 2,000,000,000 is reconstructed to its units, not to its hundreds', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${2_000_000_000 + (i % 50)},${i % 50},${(i % 50) / 2}\n`,
    )
    writeFileSync(at('large.csv'), `unix,a,b\n${rows.join('')}`)
    await facet(
      ...['train', '--data', at('large.csv'), '--out', at('large'), '--epochs', '300', '--bottleneck', '2'],
    )
    const { out } = await facet('reconstruct', at('large'), at('large.csv'))
    const errors = lines(out)
      .slice(1)
      .map((line, i) => Math.abs(Number(line.split(',')[0]) - (2_000_000_000 + (i % 50))))
    expect(Math.max(...errors)).toBeLessThan(10)
    await facet('reconstruct', at('large'), at('large.csv'), '--out', at('large.npy'))
    expect(decodeNpy(readFileSync(at('large.npy'))).dtype).toBe('float64')
  })

  it('take a model file alone', async () => {
    const codes = await facet('encode', at('model'), at('new.csv'))
    expect(await facet('encode', join(at('model'), 'model.safetensors'), at('new.csv'))).toEqual(codes)
  })

  it('name file, line and column of what does not fit, and write nothing', async () => {
    writeFileSync(at('nan.csv'), 'w,x,y,z,kind\n1,2,3,4,a\n1,NaN,3,4,a\n')
    writeFileSync(at('narrow.csv'), 'w,x,y,kind\n1,2,3,a\n')
    const cases = [
      ['nan.csv', 'line 3'],
      ['narrow.csv', 'expected the column "z" as well, found "w", "x", "y", "kind"'],
    ]
    for (const [name, message] of cases) {
      for (const command of ['encode', 'reconstruct', 'score']) {
        const { code, err, out } = await facet(command, at('model'), at(name), '--out', at('never.csv'))
        expect(err).toContain(message)
        expect([code, out, existsSync(at('never.csv'))]).toEqual([exitCode.usage, '', false])
      }
    }
    const { err } = await facet('encode', at('model'), at('new.csv'), '--out', join(at('none'), 'codes.csv'))
    expect(err).toContain('--out: cannot write')
  })
})

describe('facet score', () => {
  it('writes a line a row, and a table of the worst beside it', async () => {
    const { out, err, code } = await facet('score', at('model'), at('new.csv'), at('far.csv'), '--top', '4')
    expect(code).toBe(exitCode.ok)
    expect(lines(out)[0]).toBe(
      'file,row,label,error,p,anomaly,percentile,held_out_percentile,rarity_bits,nearest_units,nearest_row,same_region',
    )
    expect(lines(out).length).toBe(26)
    expect(err.match(/far\.csv:\d/g)?.length).toBe(4)
    expect(err).toContain('the 4 of 25 rows with the largest errors')
    const errors = lines(out)
      .slice(1)
      .map((line) => Number(line.split(',')[3]))
    expect(Math.min(...errors.slice(20))).toBeGreaterThan(Math.max(...errors.slice(0, 20)))
  })

  it('has the table on stdout where the scores go to a file', async () => {
    const { out, err } = await facet('score', at('model'), at('new.csv'), '--out', at('scores.csv'))
    expect(out).toContain('the 10 of 20 rows')
    expect(err).toBe('')
    expect(lines(readFileSync(at('scores.csv'), 'utf8')).length).toBe(21)
  })
})

describe('facet score of rows that are not all usable', () => {
  const header = 'when,w,x,y,z,kind\n'
  const row = (i: number): string =>
    `2026-01-01 00:${String(i).padStart(2, '0')},${Math.sin(i)},${Math.cos(i)},${i % 3},${i % 5},${i % 2}\n`
  const scoresOf = async (...more: string[]) => {
    const { out, err, code } = await facet('score', at('gaps'), at('gaps.csv'), ...more)
    expect(code).toBe(exitCode.ok)
    const [head, ...rows] = lines(out).map((line) => line.split(','))
    return { head, rows, err }
  }

  beforeAll(async () => {
    const rows = Array.from({ length: 60 }, (_, i) => row(i))
    writeFileSync(at('whole.csv'), header + rows.join(''))
    const holed = rows.map((line, i) => (i === 7 ? line.replace(/,[^,]+,/, ',NA,') : line))
    writeFileSync(at('gaps.csv'), header + holed.join(''))
    const { code, err } = await facet(
      ...['train', '--data', at('whole.csv'), '--out', at('gaps'), '--epochs', '5', '--bottleneck', '2'],
      ...['--missing', 'drop', '--labels', 'kind', '--time', 'when'],
    )
    expect([code, err]).toEqual([exitCode.ok, expect.any(String)])
  })

  it('keeps a line for each, with its time, and leaves the scores of those empty', async () => {
    const { head, rows, err } = await scoresOf()
    expect(head.slice(0, 6)).toEqual(['file', 'row', 'when', 'label', 'error', 'p'])
    expect(rows.length).toBe(60)
    expect(rows[7].slice(1)).toEqual(['8', '2026-01-01 00:07', '1', ...head.slice(4).map(() => '')])
    expect(rows.filter((_, i) => i !== 7).every((cells) => cells.slice(4).every((cell) => cell !== ''))).toBe(
      true,
    )
    expect(err).toContain('1 row without a score')
    expect(err).toMatch(/1 with: .*"?w"?.*\(row 8\)/)
  })

  it('encodes them to empty cells, and to NaN in an array', async () => {
    const { out, err } = await facet('encode', at('gaps'), at('gaps.csv'))
    expect(lines(out)[8]).toBe('2026-01-01 00:07,1,,')
    expect(err).toMatch(/gaps\.csv: 1 row left empty, from row 8: /)
    await facet('encode', at('gaps'), at('gaps.csv'), '--out', at('gaps.npy'))
    const { shape, data } = decodeNpy(readFileSync(at('gaps.npy')))
    expect(shape).toEqual([60, 2])
    expect(
      Array.from(data as Float32Array, (x, i) => (Number.isNaN(x) ? i : -1)).filter((i) => i >= 0),
    ).toEqual([14, 15])
  })

  it('names the columns that an error lies in, the largest share first, and the one that explains most', async () => {
    const { head, rows } = await scoresOf('--explain')
    const at = (name: string): number => head.indexOf(name)
    const shares = rows
      .filter(([, row]) => row !== '8')
      .map((cells) => ['share1', 'share2', 'share3'].map((name) => Number(cells[at(name)])))
    expect(shares.every(([a, b, c]) => a >= b && b >= c && c >= 0 && a + b + c <= 1 + 1e-9)).toBe(true)
    expect(['w', 'x', 'y', 'z']).toContain(rows[0][at('column1')])
    expect(['w', 'x', 'y', 'z']).toContain(rows[0][at('cause')])
    expect(rows[7].slice(4).every((cell) => cell === '')).toBe(true)
  })

  it('leaves the columns of regions out where nobody wants them, and of a model file alone', async () => {
    const whole = (await scoresOf()).head
    const without = (await scoresOf('--no-regions')).head
    expect(whole.filter((name) => !without.includes(name))).toEqual([
      'rarity_bits',
      'nearest_units',
      'nearest_row',
      'same_region',
    ])
    const alone = await facet('score', join(at('gaps'), 'model.safetensors'), at('gaps.csv'))
    expect(lines(alone.out)[0]).toBe('file,row,when,label,error,p,anomaly')
  })

  it('counts labelled rows alone where some have no label', async () => {
    const labels = (of: (i: number) => string): string =>
      header + Array.from({ length: 60 }, (_, i) => row(i).replace(/,[01]\n$/, `,${of(i)}\n`)).join('')
    writeFileSync(
      at('labelled.csv'),
      labels((i) => String(i % 2)),
    )
    writeFileSync(
      at('partly.csv'),
      labels((i) => (i < 20 ? '' : String(i % 2))),
    )
    const whole = await facet('score', at('gaps'), at('labelled.csv'), '--top', '0')
    expect(whole.err).toContain('label 1: 30 odd rows, 30 normal')
    const partly = await facet('score', at('gaps'), at('partly.csv'), '--top', '0')
    expect(partly.err).toContain('label 1: 20 odd rows, 20 normal')
    expect(lines(partly.out)[1].split(',').slice(1, 4)).toEqual(['1', '2026-01-01 00:00', ''])
  })

  it('says whether the file as a whole differs', async () => {
    const same = await facet('score', at('gaps'), at('whole.csv'), '--baseline', '--top', '0')
    expect(same.err).toContain('no difference from the rows held out is found')
    writeFileSync(
      at('moved.csv'),
      header +
        Array.from({ length: 60 }, (_, i) =>
          row(i).replace(/,([^,]+),/, (_, w) => `,${Number(w) + 9},`),
        ).join(''),
    )
    const moved = await facet('score', at('gaps'), at('moved.csv'), '--baseline', '--top', '0')
    expect(moved.err).toContain('differs from the rows held out')
    expect(moved.err).toMatch(/in regions without a training row: [\d.]+ %/)
  })
})

describe('facet inspect', () => {
  it('shows layers, errors, regions, generators and the training', async () => {
    const { out, code } = await facet('inspect', at('model'))
    expect(code).toBe(exitCode.ok)
    for (const part of [
      'encoder.0',
      'live units',
      'mean predictor',
      '48 rows lie in',
      'spectral norm',
      'held out',
    ]) {
      expect(out).toContain(part)
    }
    expect(out).toMatch(/lieGroupFirstOrder 2 .*100\.0 % +0\.0 %/)
  })

  it('prints all of it as one line of JSON, on other rows where asked', async () => {
    const { out } = await facet('inspect', at('model'), '--data', at('far.csv'), '--json')
    expect(lines(out).length).toBe(1)
    const inspection = JSON.parse(out)
    expect(inspection.seen).toMatchObject({ name: 'far.csv', rows: 5 })
    expect(inspection.seen.error).toBeGreaterThan(inspection.result.errors.train)
  })

  it('shows the layers of a model that was saved without its data', async () => {
    writeFileSync(
      at('bare.safetensors'),
      await saveModel(
        autoencoder({ input: 2, encoderHidden: [8], bottleneck: 1, decoderHidden: [8], seed: 0 }),
      ),
    )
    const { out, code } = await facet('inspect', at('bare.safetensors'))
    expect(code).toBe(exitCode.ok)
    expect(out).toContain('67 parameters')
    expect(out).toMatch(/decoder\.1 +8 → 2 .* 18 +– of 2/)
    expect(out).toContain('does not say what the model was trained on')
    const json = JSON.parse((await facet('inspect', at('bare.safetensors'), '--json')).out)
    expect(Object.keys(json)).toEqual(['path', 'parameters', 'layers'])
    const { err, ...refused } = await facet('inspect', at('bare.safetensors'), '--data', at('new.csv'))
    expect([refused.code, err.replace(/\s+/g, ' ')]).toEqual([
      2,
      expect.stringContaining('how rows are prepared'),
    ])
  })

  it('says what is wrong with a folder, with exit code 2', async () => {
    for (const command of ['inspect', 'encode', 'score']) {
      const files = command === 'inspect' ? [] : [at('new.csv')]
      const { code, err } = await facet(command, at('nothing'), ...files)
      expect([code, err.includes('there is no model.json; expected a folder of facet train')]).toEqual([
        2,
        true,
      ])
    }
  })
})
