// Before all that makes arrays.
import '../testing/allocations.ts'
import { type ArrayData, decodeNpy, encodeNpy, encodeNpz, openNpz } from '@facet/tensor'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocated } from '../testing/allocations.ts'
import { idxBytes } from '../testing/idx-bytes.ts'
import { mutations } from '../testing/mutations.ts'
import { ascii, parseBytes, rowsOf } from '../testing/parse-bytes.ts'
import type { ParsedSamples, SamplesFormat } from './samples.ts'
import type { SamplesParserOptions } from './samples-parser.ts'

/** Rows and labels of a file by other means than the parser's, all at once, or `null` where it is not to be read. */
type Oracle = (bytes: Uint8Array) => Reading | null | Promise<Reading | null>

interface Reading {
  readonly rows: readonly (readonly number[])[]
  readonly labels?: readonly (number | string)[]
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
/** Without blanks as ASCII knows them: `trim` takes no-break spaces as well. */
const stripped = (text: string): string => text.replace(/^[ \t-\r]+|[ \t-\r]+$/g, '')
const numberIn = (field: string): number => (decimal.test(stripped(field)) ? Number(field) : Number.NaN)
const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
const allFinite = (rows: readonly (readonly number[])[]): boolean => rows.flat().every(Number.isFinite)
const even = (rows: readonly (readonly number[])[]): boolean =>
  rows.length > 0 && rows[0].length > 0 && rows.every((row) => row.length === rows[0].length)
const whole = (value: number): boolean => value === (value | 0)
const bigEndian = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Lines with something in them; a carriage return alone ends them where it ends the first. */
const linesOf = (bytes: Uint8Array): string[] => {
  const text = latin1(bytes)
  return text.split(/^[^\r\n]*\r(?!\n)/.test(text) ? '\r' : /\r?\n/)
}
const isFilled = (line: string): boolean => /[^ \t-\r]/.test(line)

/** Both ways: what the oracle reads the parser reads, and the other way round. */
const ucr: Oracle = (bytes) => {
  const lines = linesOf(bytes).filter(isFilled)
  if (lines.length === 0) return null
  const separator = lines[0].includes('\t') ? '\t' : lines[0].includes(',') ? ',' : /[ \t-\r]+/
  const table = lines.map((line) =>
    line
      .replace(/^[ \t-\r]+|[ \t-\r]+$/g, '')
      .split(separator)
      .map(numberIn),
  )
  const [rows, labels] = [table.map(([, ...values]) => values), table.map(([label]) => label)]
  return even(rows) && allFinite(rows) && labels.every(whole) ? { rows, labels } : null
}

const idx: Oracle = (bytes) => {
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0 || bytes[3] < 2) return null
  const view = bigEndian(bytes)
  const start = 4 + 4 * bytes[3]
  const widths: Record<number, number> = { 8: 1, 9: 1, 11: 2, 12: 4, 13: 4, 14: 8 }
  const width = widths[bytes[2]]
  if (bytes.length < start || width === undefined) return null
  const sizes = Array.from({ length: bytes[3] }, (_, axis) => view.getUint32(4 + 4 * axis))
  const length = sizes.slice(1).reduce((a, b) => a * b, 1)
  if (sizes.includes(0) || bytes.length !== start + sizes[0] * length * width) return null
  const read: Record<number, (at: number) => number> = {
    8: (at) => bytes[at] / (bytes[3] === 3 ? 255 : 1),
    9: (at) => view.getInt8(at),
    11: (at) => view.getInt16(at),
    12: (at) => view.getInt32(at),
    13: (at) => view.getFloat32(at),
    14: (at) => view.getFloat64(at),
  }
  const values = Array.from({ length: sizes[0] * length }, (_, i) => read[bytes[2]](start + i * width))
  const rows = Array.from({ length: sizes[0] }, (_, i) => values.slice(i * length, (i + 1) * length))
  return allFinite(rows) ? { rows } : null
}

const cifar10: Oracle = (bytes) => {
  if (bytes.length === 0 || bytes.length % 3073 !== 0) return null
  const records = Array.from({ length: bytes.length / 3073 }, (_, i) => [
    ...bytes.subarray(3073 * i, 3073 * (i + 1)),
  ])
  const labels = records.map(([label]) => label)
  return labels.every((label) => label < 10)
    ? { rows: records.map(([, ...pixels]) => pixels.map((pixel) => pixel / 255)), labels }
    : null
}

function arrayRows({ shape, data }: ArrayData): Reading | null {
  if (shape.length < 2 || data.length === 0) return null
  const length = data.length / shape[0]
  const rows = Array.from({ length: shape[0] }, (_, i) => [...data.subarray(i * length, (i + 1) * length)])
  return allFinite(rows) ? { rows } : null
}

/** What is damaged inside is for the decoder's own tests to find; here it has the last word. */
const npy: Oracle = (bytes) => {
  try {
    return arrayRows(decodeNpy(bytes))
  } catch {
    return null
  }
}

/** The only array with rows and columns, or with more than a column; what is damaged in the others does not matter. */
const npz: Oracle = async (bytes) => {
  try {
    const file = openNpz(bytes)
    const described = await Promise.all(
      file.names.map(async (name) => ({ name, is: await file.describe(name).catch(() => null) })),
    )
    const tables = described.filter(({ is }) => is?.reads === 'numbers' && is.shape.length >= 2)
    const wide = tables.filter(({ is }) => is!.shape.slice(1).some((axis) => axis !== 1))
    const meant = wide.length === 1 ? wide : tables
    return meant.length === 1 ? arrayRows(await file.read(meant[0].name)) : null
  } catch {
    return null
  }
}

/** The header in a few expressions, the series by splitting. */
const ts: Oracle = (bytes) => {
  const lines = linesOf(bytes).map((line) => line.replace(/^[ \t-\r]+|[ \t-\r]+$/g, ''))
  const at = lines.findIndex((line) => /^@data$/i.test(line))
  const header = lines.slice(0, at).filter((line) => line !== '' && !line.startsWith('#'))
  const said = (tag: string) =>
    header.map((line) => line.split(/\s+/)).find(([word]) => word.toLowerCase() === tag)
  const series = lines.slice(at + 1).filter(isFilled)
  if (series.length === 0) return null
  const [, hasClasses, ...classes] = said('@classlabel') ?? []
  const labelled = hasClasses?.toLowerCase() === 'true'
  const parts = series.map((line) => line.split(':'))
  const rows = parts.map(([values]) => values.split(',').map(numberIn))
  const names = parts.map(([, name]) => name?.trim())
  const length = said('@serieslength')?.[1]
  const right =
    at >= 0 &&
    header.every((line) => line.startsWith('@')) &&
    parts.every((part) => part.length === (labelled ? 2 : 1)) &&
    names.every((name) => !labelled || classes.includes(name)) &&
    (length === undefined || Number(length) === rows[0].length) &&
    even(rows) &&
    allFinite(rows)
  return right ? { rows, labels: labelled ? names.map((name) => Number(name)) : undefined } : null
}

/**
 * Any separator will do, any first line may be a header, a first column without a name is none, empty lines and comments are left out and so is what follows
 * the last separator where nothing does: what is read must be what one of these says.
 */
const csvReadings = (bytes: Uint8Array): { rows: number[][]; labels: string[] }[] =>
  [/\r?\n/, /\r/].flatMap((end) =>
    [',', ';', '\t', '|', /[ \t-\r]+/].flatMap((separator) => {
      const kept = latin1(bytes)
        .split(end)
        // DOS ends a text with the character 26.
        .filter((line) => !['', '\x1a'].includes(stripped(line)))
      const parted = [kept, kept.filter((line) => !stripped(line).startsWith('#'))].map((lines) =>
        lines.map((line) =>
          stripped(line)
            .split(separator)
            .map((field) => stripped(field).replace(/^"(.*)"$/, '$1')),
        ),
      )
      return parted
        .flatMap((table) => [table, table.slice(1)])
        .flatMap((table) => [table, table.map((fields) => fields.slice(0, -1))])
        .flatMap((table) => [0, 1].map((from) => ({ table, from })))
        .map(({ table, from }) => ({
          rows: table.map((fields) => fields.slice(from, -1).map(numberIn)),
          labels: table.map((fields) => fields.at(-1) as string),
        }))
    }),
  )

const labelTexts = ({ labels, classes }: ParsedSamples): string[] =>
  Array.from(labels as Int32Array, (label) => (classes ? classes[label] : String(label)))

interface Kind {
  readonly format: SamplesFormat
  readonly options?: SamplesParserOptions
  readonly file: Uint8Array | Promise<Uint8Array>
  readonly oracle: Oracle
}

const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('')
const x: ArrayData = {
  dtype: 'float32',
  shape: [20, 4],
  data: Float32Array.from({ length: 80 }, (_, i) => i / 8),
}
const tsFile = `# toy\n@problemName Toy\n@timeStamps false\n@univariate true\n@seriesLength 4\n@classLabel true 1 2\n@data\n${lines(12, (i) => `${i},-0.5,1e-${i},12.25:${(i % 2) + 1}\n`)}`

const kinds: Record<string, Kind> = {
  'UCR text': {
    format: 'ucr',
    file: ascii(lines(15, (i) => `${i % 3}\t${i / 7}\t-${i}.25\t1e-${i}\n`)),
    oracle: ucr,
  },
  '.ts': { format: 'ts', file: ascii(tsFile), oracle: ts },
  'IDX images': {
    format: 'idx',
    file: idxBytes(
      8,
      [8, 3, 4],
      Array.from({ length: 96 }, (_, i) => (i * 37) % 256),
    ),
    oracle: idx,
  },
  'IDX doubles': {
    format: 'idx',
    file: idxBytes(
      14,
      [6, 4],
      Array.from({ length: 24 }, (_, i) => i / 3),
      8,
      (view, at, v) => view.setFloat64(at, v),
    ),
    oracle: idx,
  },
  'CIFAR-10': {
    format: 'cifar10',
    file: Uint8Array.from({ length: 3 * 3073 }, (_, i) => (i % 3073 === 0 ? 7 : i % 251)),
    oracle: cifar10,
  },
  npy: { format: 'npy', file: encodeNpy(x), oracle: npy },
  npz: {
    format: 'npz',
    file: encodeNpz({ x, y: { dtype: 'int32', shape: [2], data: Int32Array.of(1, 2) } }),
    oracle: npz,
  },
}

/** Blocks of rows, lines and headers, whatever the size of the file. */
const CONSTANT = 1 << 20

/** What the parser makes of the bytes: samples or an error, and that error a clear one. */
async function outcome(
  format: SamplesFormat,
  bytes: Uint8Array,
  options: SamplesParserOptions,
  step: number,
) {
  const before = allocated()
  try {
    return await parseBytes(format, bytes, options, step)
  } catch (error) {
    expect(error).toBeInstanceOf(Error)
    expect((error as Error).message).toMatch(
      /^samplesParser: the file( (line|byte) \d+| array "[^"]*")?: .*(expected|unknown)/s,
    )
    expect((error as Error).message.length).toBeLessThan(700)
    return null
  } finally {
    expect(allocated() - before).toBeLessThan(10 * bytes.length + CONSTANT)
  }
}

describe('1,000 damaged files of each kind', () => {
  it.each(Object.entries(kinds))('%s: a clear error, or what another reader reads', async (_, kind) => {
    const file = await kind.file
    let read = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(mutations(file), fc.constantFrom(1, 13, 1e6), async (bytes, step) => {
        const samples = await outcome(
          kind.format,
          bytes,
          { ...kind.options, dtype: 'float64' },
          bytes.length > 5000 ? 1e6 : step,
        )
        const expected = await kind.oracle(bytes)
        if (samples === null) {
          refused++
          // Tags that are unknown, twice or contradict each other are refused as well, and the oracle knows nothing of them.
          if (kind.format !== 'ts') expect(expected).toBeNull()
          return
        }
        read++
        expect(expected).not.toBeNull()
        expect(rowsOf(samples)).toEqual(expected?.rows.map((row) => [...row]))
        if (expected?.labels)
          expect([...(samples.labels as Int32Array)]).toEqual(
            expected.labels.map((label) => Number(label) + 0),
          )
      }),
      { numRuns: 1000 },
    )
    // Neither all right nor all wrong: the property is about both.
    expect(Math.min(read, refused)).toBeGreaterThan(0)
  })

  it('tables: a clear error, or what some separator makes of it', async () => {
    const files = [
      ascii(`a,"b b",kind\n${lines(12, (i) => `${i}.5,-${i}e-1,"${'xyz'[i % 3]}"\r\n`)}`),
      ascii(lines(12, (i) => `${i}.5;${i}${i};${i % 3}\n`)),
      ascii(`a\tb\tkind\n${lines(12, (i) => `${i}.5\t-${i}\t${i % 4}\n`)}`),
    ]
    let read = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files).chain(mutations),
        fc.constantFrom(1, 13, 1e6),
        async (bytes, step) => {
          const samples = await outcome('csv', bytes, { labels: -1, dtype: 'float64' }, step)
          if (samples === null) {
            refused++
            return
          }
          read++
          const found = rowsOf(samples)
          // Quotes that hold separators or line breaks are beyond a split.
          if (/"[^"]*[\n,;\t ][^"]*"(?!b b)/.test(latin1(bytes).replace('"b b"', 'bb'))) return
          const same = csvReadings(bytes).some(
            ({ rows, labels }) =>
              JSON.stringify(rows) === JSON.stringify(found) &&
              labelTexts(samples).every(
                (text, i) =>
                  text === labels[i] ||
                  Number(text) === Number(labels[i]) ||
                  labels[i]?.includes('"') ||
                  /[^ -~]/.test(text),
              ),
          )
          expect(same).toBe(true)
        },
      ),
      { numRuns: 3000 },
    )
    expect(Math.min(read, refused)).toBeGreaterThan(100)
  })
})

describe('3,000 damaged tables with columns of all parts', () => {
  it('give the same samples, or the same error, however their bytes come', async () => {
    const file = ascii(
      `id,t,group,x,"y z",kind\n${lines(12, (i) => `r${i},2024-01-${i + 10},${'ab'[i % 2]},${i}.5,${i % 3 ? i : 'NA'},${i % 2}\r\n`)}`,
    )
    const options = {
      id: ['id'],
      time: 'auto',
      group: 'group',
      labels: 'kind',
      missing: 'keep',
      where: [{ column: 'x', is: '<', value: '9' }],
    } as const
    const told = async (bytes: Uint8Array, step: number) => {
      const message = { current: '' }
      const samples = await parseBytes('csv', bytes, options, step).catch((error) => {
        message.current = error.message
        return null
      })
      return samples ?? message.current
    }
    await fc.assert(
      fc.asyncProperty(mutations(file), fc.constantFrom(1, 2, 13), async (bytes, step) => {
        const whole = await told(bytes, 1e6)
        expect(await told(bytes, step)).toEqual(whole)
        if (typeof whole === 'string') expect(whole).toMatch(/^samplesParser: the file.*: .*expected/s)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('memory', () => {
  const million = 1 << 20
  const large: Record<string, [SamplesFormat, Uint8Array]> = {
    'a table of one column of digits': ['csv', ascii('7\n'.repeat(million))],
    'a table of one line': ['csv', ascii(`${'7,'.repeat(million)}7\n`)],
    'UCR text of digits': ['ucr', ascii(`1\t${'7\t7\t7\n1\t'.repeat(million / 8)}7\t7\t7\n`)],
    'bytes in IDX': ['idx', idxBytes(8, [1024, 32, 32], Array<number>(million).fill(7))],
    'truth values in npy': [
      'npy',
      encodeNpy({ dtype: 'bool', shape: [1024, 1024], data: new Uint8Array(million) }),
    ],
    'CIFAR-10 records': ['cifar10', new Uint8Array(300 * 3073).fill(7)],
  }
  it.each(Object.entries(large))('%s takes at most ten times the file in all', async (_, [format, bytes]) => {
    const before = allocated()
    const { values } = await parseBytes(format, bytes, {}, 1 << 16)
    // What comes out is counted, so the counter counts.
    expect(allocated() - before).toBeGreaterThan(bytes.length + values.byteLength)
    // The copies of the test's own pieces are one file more.
    expect(allocated() - before).toBeLessThan(11 * bytes.length + CONSTANT)
  })

  it('takes no header at its word', async () => {
    const headers: [SamplesFormat, Uint8Array][] = [
      ['idx', idxBytes(8, [0xffffffff, 28, 28], [1, 2, 3])],
      ['idx', idxBytes(14, [2, 0xffffffff], [])],
      ['ts', ascii('@seriesLength 999999999\n@data\n1,2\n')],
      ['npy', encodeNpy(x).map((byte, i) => (byte === 48 && i > 60 ? 57 : byte))],
    ]
    for (const [format, bytes] of headers) {
      const before = allocated()
      await expect(parseBytes(format, bytes)).rejects.toThrow('expected')
      expect(allocated() - before).toBeLessThan(CONSTANT)
    }
  })

  it('holds the rows that a sub-sample keeps, and no more', async () => {
    const bytes = ascii(`${'1,'.repeat(63)}2\n`.repeat(million / 64))
    const before = allocated()
    await parseBytes('csv', bytes, { sample: { count: 100, seed: 0 } }, 1 << 16)
    // The test's own pieces are one file; all rows would be two files, and two more where they are joined.
    expect(allocated() - before).toBeLessThan(bytes.length + CONSTANT)
  })
})
