// Before all that makes arrays.
import '../testing/allocations.ts'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { encodeNpy, encodeNpz } from '@facet/tensor'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trials } from '../../../../tests/trials.ts'
import { parseSamples } from '../files/load-samples.ts'
import { allocated } from '../testing/allocations.ts'
import { idxBytes } from '../testing/idx-bytes.ts'
import { mutations } from '../testing/mutations.ts'
import { isNativeMessage } from '../testing/native-message.ts'
import { ascii, parseBytes } from '../testing/parse-bytes.ts'
import type { ParsedSamples, SamplesFormat } from './samples.ts'
import type { SamplesParserOptions } from './samples-parser.ts'

/** A file and how it may be asked for. */
interface Case {
  readonly file: Uint8Array
  readonly options?: SamplesParserOptions
}

const lines = (count: number, line: (i: number) => string, end = '\n'): string =>
  Array.from({ length: count }, (_, i) => line(i) + end).join('')
const text = (file: string, options: SamplesParserOptions = {}): Case => ({ file: ascii(file), options })
const fixture = (path: string, options: SamplesParserOptions = {}): Case => ({
  file: new Uint8Array(readFileSync(new URL(path, import.meta.url))),
  options,
})
const values = (count: number): Float64Array => Float64Array.from({ length: count }, (_, i) => i / 8 - 3)
const x = { dtype: 'float64', shape: [12, 4], data: values(48) } as const
const y = { dtype: 'int32', shape: [12], data: Int32Array.from({ length: 12 }, (_, i) => i % 3) } as const

const tsHeader = '# toy\n@problemName Toy\n@timeStamps false\n@univariate true\n@classLabel true 1 2\n@data\n'
const arffHeader =
  "% toy\n@relation 'a toy'\n@attribute 'first one' real\n@attribute b numeric\n@attribute class {x, 'y z'}\n@data\n"

/** Of each kind of file several, with all that it may hold. */
const kinds: Record<SamplesFormat, readonly (Case | Promise<Case>)[]> = {
  csv: [
    text(`a,"b ""b""",kind\n${lines(9, (i) => `${i}.5,-${i}e-1,"${'xyz'[i % 3]}"`, '\r\n')}`, { labels: -1 }),
    text(`# made today\n# in two lines\na;b;c\n\n${lines(9, (i) => `${i},5;${i};7`)}`, { header: 'yes' }),
    text(
      `id,when,dev,x,y\n${lines(9, (i) => `r${i},2024-01-${i + 10} 12:00,${'ab'[i % 2]},${i}.5,${i % 3 ? i : 'NA'}`)}`,
      {
        id: ['id'],
        time: 'auto',
        group: 'dev',
        missing: 'keep',
        where: [{ column: 'x', is: '<', value: '9' }],
      },
    ),
    text(`,0,1,2\n${lines(9, (i) => `${i},1e${i},${i}.25,900719925474099${i}`)}`),
    text(
      lines(9, (i) => `"${i}" ${i} ${i / 3} -.5`),
      { expected: ['a', 'b'], drop: [0] },
    ),
    text(`a|b\r${lines(9, (i) => `${i}|?|`, '\r')}`, { missing: 'keep', sample: { count: 4, seed: 1 } }),
    fixture('../csv/fixtures/savetxt_header.csv'),
    fixture('../csv/fixtures/trailing_comma.csv'),
  ],
  ucr: [
    text(lines(9, (i) => `${i % 3}\t${i / 7}\t-${i}.25\t1e-${i}`)),
    text(
      lines(9, (i) => `  ${i % 2}.0000000e+00  ${i}.5000000e-01   NaN`, '\r\n'),
      { missing: 'keep' },
    ),
    text(
      lines(9, (i) => `${i % 2},1,2${i % 2 ? ',3' : ''}`),
      { lengths: 'keep', labels: 'none' },
    ),
  ],
  ts: [
    text(`${tsHeader}${lines(9, (i) => `${i},-0.5,1e-${i},12.25:${(i % 2) + 1}`)}`),
    text(
      `${tsHeader.replace('@univ', '@equalLength false\n@univ')}${lines(9, (i) => `?,2${i % 2 ? ',3' : ''}:1`)}`,
      {
        missing: 'keep',
        lengths: 'keep',
      },
    ),
    text('@targetlabel true\n@data\n1,2:0.5\n2,3:1.5\n', { labels: 'none' }),
  ],
  arff: [
    text(`${arffHeader}${lines(9, (i) => `${i}.5, -${i} , ${i % 2 ? 'x' : "'y z'"}`)}`),
    text(`${arffHeader}${lines(9, (i) => `{0 ${i}, 2 'y z'}`)}{}\n`, { missing: 'keep' }),
    text(`${arffHeader}${lines(9, (i) => `?,${i},?`)}`, { missing: 'keep', labels: 'none' }),
    fixture('../files/fixtures/ucr.arff'),
  ],
  npy: [
    { file: encodeNpy(x) },
    { file: encodeNpy({ ...y, shape: [6, 2] }), options: { dtype: 'float64' } },
    { file: encodeNpy({ dtype: 'bool', shape: [4, 3], data: new Uint8Array(12).fill(1) }) },
    fixture('../arrays/fixtures/py2long.npy', { missing: 'keep' }),
    fixture('../arrays/fixtures/i8_ms.npy'),
    fixture('../arrays/fixtures/struct.npy'),
  ],
  npz: [
    encodeNpz({ x, y }).then((file) => ({ file, options: { array: 'x', labels: 'y' } })),
    fixture('../arrays/fixtures/texts.npz'),
    fixture('../arrays/fixtures/strnames.npz', { labels: 'y', array: 'X' }),
    fixture('../arrays/fixtures/macosx.npz'),
    fixture('../arrays/fixtures/sparse_csr.npz'),
  ],
  idx: [
    { file: idxBytes(8, [8, 3, 4], Array(96).fill(7)) },
    { file: idxBytes(14, [6, 4], [...values(24)], 8, (view, at, value) => view.setFloat64(at, value)) },
    { file: idxBytes(12, [6, 4], Array(24).fill(9), 4, (view, at, value) => view.setInt32(at, value)) },
  ],
  cifar10: [
    { file: Uint8Array.from({ length: 2 * 3073 }, (_, i) => (i % 3073 === 0 ? 7 : i % 251)) },
    { file: new Uint8Array(3073), options: { labels: 'none' } },
  ],
}

const MUTANTS = trials(3000)
/** Blocks of rows, lines and headers, whatever the size of the file. */
const CONSTANT = 1 << 20
/** Milliseconds of the processor. */
const SLOW = 2000
const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000

/** Names the file, says what was expected, in a sentence of ours. */
function expectTold(error: unknown, name: string): void {
  expect(error).toBeInstanceOf(Error)
  const { message } = error as Error
  expect(message).toContain(name)
  expect(message).toMatch(/expected|unknown/)
  expect(isNativeMessage(message), message).toBe(false)
  expect(message.length).toBeLessThan(700)
}

function expectSound({ values, count, length, labels, classes, columns, ids, time }: ParsedSamples): void {
  expect(values.length).toBe(count * length)
  expect(count).toBeGreaterThan(0)
  expect(values.includes(Number.POSITIVE_INFINITY) || values.includes(Number.NEGATIVE_INFINITY)).toBe(false)
  if (labels !== null) expect(labels.length).toBe(count)
  if (labels !== null && classes !== null) {
    expect([...labels].every((label) => label >= 0 && label < classes.length)).toBe(true)
  }
  if (columns !== null) expect(columns.length).toBe(length)
  for (const { values: texts } of [...ids, ...(time === null ? [] : [time])]) {
    expect(texts.length).toBe(count)
    expect(texts.every((one) => typeof one === 'string')).toBe(true)
  }
}

describe('mutants of a file', () => {
  it.each(Object.entries(kinds))(
    '%s: in its words, or sound samples, soon and within its memory',
    async (kind, made) => {
      const cases = await Promise.all(made)
      const read = new Set<Case>()
      const refused = new Set<Case>()
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...cases).chain((one) => mutations(one.file).map((bytes) => ({ one, bytes }))),
          fc.constantFrom(1, 13, 1e6),
          async ({ one, bytes }, step) => {
            const [before, since] = [allocated(), process.cpuUsage()]
            try {
              const by = bytes.length > 2000 ? 1e6 : step
              expectSound(await parseBytes(kind as SamplesFormat, bytes, one.options, by))
              read.add(one)
            } catch (error) {
              expectTold(error, 'the file')
              refused.add(one)
            }
            expect(allocated() - before).toBeLessThan(10 * bytes.length + CONSTANT)
            expect(milliseconds(process.cpuUsage(since))).toBeLessThan(SLOW)
          },
        ),
        { numRuns: MUTANTS },
      )
      // Of each kind some are read and some refused: the property is about both.
      expect(Math.min(read.size, refused.size)).toBeGreaterThan(0)
    },
  )
})

describe('a file that is cut off', () => {
  it.each(Object.entries(kinds))('%s: after any byte, is told in its words or read', async (kind, made) => {
    for (const { file, options } of await Promise.all(made)) {
      // Of long files every byte of the beginning, then now and then.
      const step = Math.ceil(file.length / 1000)
      for (let end = 0; end < file.length; end += end < 300 ? 1 : step) {
        await parseBytes(kind as SamplesFormat, file.slice(0, end), options).then(
          expectSound,
          (error: unknown) => expectTold(error, 'the file'),
        )
      }
    }
  })
})

describe('mutants of files of all kinds', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'facet-mutants-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  /** Whatever is made of a path: no assertion can fail in another try than its own. */
  async function tried(name: string, options: Parameters<typeof parseSamples>[1]): Promise<boolean> {
    const since = process.cpuUsage()
    const outcome = await parseSamples(join(folder, name), options).catch((error: unknown) => error as Error)
    expect(milliseconds(process.cpuUsage(since))).toBeLessThan(SLOW)
    if (outcome instanceof Error) expectTold(outcome, folder)
    else expectSound(outcome)
    return !(outcome instanceof Error)
  }

  it('are taken for what they are by their content, also in gzip, or told', async () => {
    const cases = await Promise.all(Object.values(kinds).flat())
    const names = ['a.csv', 'b.tsv', 'c_TRAIN.txt', 'd', 'e.csv.gz', 'f.npz']
    let read = 0
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...cases).chain(({ file }) => mutations(file)),
        fc.constantFrom(...names),
        fc.boolean(),
        async (bytes, name, isPacked) => {
          await writeFile(join(folder, name), isPacked ? gzipSync(bytes) : bytes)
          if (await tried(name, { missing: 'keep', lengths: 'keep', time: 'auto' })) read++
        },
      ),
      { numRuns: MUTANTS },
    )
    // About one in twenty.
    expect(read).toBeGreaterThan(MUTANTS / 50)
  })

  it('of labels beside IDX samples give labels of all samples, or are told', async () => {
    const labels = idxBytes(8, [8], [0, 1, 2, 3, 4, 5, 6, 7])
    await writeFile(join(folder, 'samples'), idxBytes(8, [8, 3, 4], Array(96).fill(7)))
    await fc.assert(
      fc.asyncProperty(mutations(labels), async (bytes) => {
        await writeFile(join(folder, 'labels'), bytes)
        await tried('samples', { labelsFile: join(folder, 'labels') })
      }),
      { numRuns: MUTANTS },
    )
  })
})
