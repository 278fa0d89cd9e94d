import { key } from '@facet/tensor'
import { startEngine } from '../engine.ts'
import { testReportPage } from '../report/testing/report-page-tests.ts'
import { codesPage } from './draw-codes.ts'

await startEngine()
const [xs, ys] = key(0).normal([2, 300], 'float64').toArray() as number[][]

testReportPage(
  'a page of codes',
  codesPage({
    points: xs.map((x, i) => ({
      x: x + 3 * Math.cos(i % 10),
      y: ys[i] + 3 * Math.sin(i % 10),
      group: i % 10,
      title: `row ${i + 1}`,
    })),
    classes: Array.from({ length: 10 }, (_, i) => String(i)),
    axes: ['component 1 (40 %)', 'component 2 (20 %)'],
    title: 'Codes of a_file_with_a_long_name_of_one_word-images-idx3-ubyte.gz',
    caption: 'Codes of 300 rows, 10 numbers each.',
    provenance: { command: 'facet draw codes', seed: 0, build: 'a test' },
  }),
  import.meta.url,
  'codes',
)
