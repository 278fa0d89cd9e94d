import { type Colours, noColours } from '../../text/colours.ts'
import { markdown } from '../../text/markdown.ts'
import { counted, twoDigits } from '../../text/number.ts'
import { markdownTable, type PlainTable, plainTable } from '../../text/plain-table.ts'
import { wrap } from '../../text/wrap.ts'
import { generatorTitles, type OrbitName } from './cases.ts'
import { type OrbitGapSettings, protocolOf, orbitProtocol as shared } from './settings.ts'
import { alignedAbove, helpedBelow, type OrbitRow } from './summarise.ts'

export interface OrbitReport {
  readonly settings: OrbitGapSettings
  readonly rows: readonly OrbitRow[]
  readonly failures: readonly string[]
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

const columnsNote = `AE, Lie 1st: medians over seeds; ratio: that of Lie 1st / AE of the same seed; check: the same from an independent PyTorch implementation, 20 seeds (of the torus the ratio of its distances). < ${helpedBelow}: seeds with such a ratio. aligned: seeds in which the learned generators span the true ones' fields by more than ${alignedAbove}.`

const dataNotes: Readonly<Record<OrbitName, string>> = {
  rotation: '16 training points on two arcs, 50 test points between them',
  shift: '16 training points on two arcs, 50 test points between them',
  torus: '40 training points of a 7 × 7 grid around a hole, 81 test points in it',
}

/** How every model is trained. */
export const trainingNote = `d-${shared.hidden}-h-${shared.hidden}-d, ReLU, linear bottleneck, He-uniform, decoder's hidden biases N(0, 1); Adam ${shared.learningRate} with cosine decay, full batch; learned generators ${shared.generatorLearningRate} from ${shared.generatorScale} N(0, 1); ${shared.pairs} pairs a step from the code box; squared error summed over d + λ R1 relative; float32.`

/** What is set case by case, of those that ran: cases of one protocol are told together. */
export function caseNotes({ cases, steps: asked }: OrbitGapSettings): string[] {
  const told = new Map<string, OrbitName[]>()
  for (const name of cases) {
    const { steps, margin, noise, latents, bottleneck, refine } = protocolOf(name)
    const grid = bottleneck === 1 ? `${latents}` : `${latents} × ${latents}`
    const refined = refine === 0 ? '' : `, the nearest refined by ${refine} steps of the local affine map`
    const protocol = `${dataNotes[name]}; h = ${bottleneck}, ${asked ?? steps} steps; code box ± ${100 * margin} %, pairs within ${noise} spans; distance to ${grid} latents${refined}`
    told.set(protocol, [...(told.get(protocol) ?? []), name])
  }
  return [...told].map(([protocol, names]) => `${names.join(', ')}: ${protocol}.`)
}

const notes = ({ settings }: OrbitReport): string[] => [columnsNote, trainingNote, ...caseNotes(settings)]

const failureLines = ({ failures }: OrbitReport): string[] => failures.map((failure) => `failed: ${failure}`)

/** The report for a terminal of the given width. */
export const renderOrbitText = (report: OrbitReport, columns: number, colours: Colours = noColours): string =>
  [
    `${colours.bold(wrap(title(report), columns))}\n`,
    `${plainTable(orbitTable(report), colours)}\n`,
    ...[...notes(report), ...failureLines(report)].map((note) => wrap(note, columns)),
  ].join('\n')

export const renderOrbitMarkdown = (report: OrbitReport): string =>
  `${[`# ${markdown(title(report))}`, markdownTable(orbitTable(report)), ...[...notes(report), ...failureLines(report)].map(markdown)].join('\n\n')}\n`
