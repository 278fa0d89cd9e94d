import { type Colours, noColours } from '../text/colours.ts'
import { counted } from '../text/number.ts'
import { markdownTable, type PlainTable, plainTable } from '../text/plain-table.ts'
import { wrap } from '../text/wrap.ts'
import { generatorTitles } from './cases.ts'
import { type OrbitSettings, orbitProtocol as protocol } from './settings.ts'
import { alignedAbove, helpedBelow, type OrbitRow } from './summarise.ts'

export interface OrbitReport {
  readonly settings: OrbitSettings
  readonly rows: readonly OrbitRow[]
  readonly failures: readonly string[]
}

/** Two significant digits, never in exponent form: `0.0064`, `0.11`, `6.0`. */
export function twoDigits(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const magnitude = Math.log10(Number(value.toPrecision(2)) || 1)
  return value.toFixed(Math.max(0, 1 - Math.floor(magnitude)))
}

function orbitTable({ rows }: OrbitReport): PlainTable {
  return {
    head: ['case', 'AE', 'generators, λ', 'Lie 1st', 'ratio', 'check', `< ${helpedBelow}`, 'aligned'],
    left: [0, 2],
    rows: rows.map((row) => {
      const { orbit, generators, weight, pytorchRatio } = row.case
      return [
        orbit,
        twoDigits(row.plain),
        `${generatorTitles[generators]}, ${weight}`,
        twoDigits(row.regularized),
        twoDigits(row.medianRatio),
        twoDigits(pytorchRatio),
        `${row.helped}/${row.seeds}`,
        row.aligned === null ? 'fixed' : `${row.aligned}/${row.seeds}`,
      ]
    }),
  }
}

const title = ({ settings }: OrbitReport): string =>
  `Orbit with a gap: mean distance from the gap's points to the decoder's surface, ${counted(settings.seeds, 'seed')}`

const notes = ({ settings }: OrbitReport): string[] => [
  `AE, Lie 1st: medians over seeds; ratio: that of Lie 1st / AE of the same seed; check: the same from an independent PyTorch implementation, 20 seeds. < ${helpedBelow}: seeds with such a ratio. aligned: seeds in which the learned generators span the true one's field by more than ${alignedAbove}.`,
  `16 training points on two arcs, 50 test points between them; h = 1, d-${protocol.hidden}-1-${protocol.hidden}-d, ReLU, linear bottleneck, He-uniform, decoder's hidden biases N(0, 1); Adam ${protocol.learningRate} with cosine decay, ${settings.steps} full-batch steps; learned generators ${protocol.generatorLearningRate} from ${protocol.generatorScale} N(0, 1); ${protocol.pairs} pairs a step from the code box; squared error summed over d + λ R1 relative; float32.`,
]

const failureLines = ({ failures }: OrbitReport): string[] => failures.map((failure) => `failed: ${failure}`)

/** The report for a terminal of the given width. */
export const renderOrbitText = (report: OrbitReport, columns: number, colours: Colours = noColours): string =>
  [
    `${colours.bold(wrap(title(report), columns))}\n`,
    `${plainTable(orbitTable(report), colours)}\n`,
    ...[...notes(report), ...failureLines(report)].map((note) => wrap(note, columns)),
  ].join('\n')

export const renderOrbitMarkdown = (report: OrbitReport): string =>
  `${[`# ${title(report)}`, markdownTable(orbitTable(report)), ...notes(report), ...failureLines(report)].join('\n\n')}\n`
