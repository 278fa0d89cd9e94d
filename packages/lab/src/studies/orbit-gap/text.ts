import { plainTableOf } from '../../report/table.ts'
import { counted } from '../../text/number.ts'
import type { ReportText } from '../../text/report-text.ts'
import type { OrbitName } from './cases.ts'
import { orbits } from './orbits.ts'
import { alignedAbove, helpedBelow, type OrbitGapReport } from './report.ts'
import { type OrbitGapSettings, protocolOf, orbitProtocol as shared } from './settings.ts'
import { tableOf } from './table.ts'

/** What the column `check` is. */
export const checkNote =
  'the same from an independent PyTorch implementation, 20 seeds (of the torus the ratio of its distances)'

/** How every model is trained. */
export const trainingNote = `d-${shared.hidden}-h-${shared.hidden}-d, ReLU, linear bottleneck, He-uniform, decoder's hidden biases N(0, 1); Adam ${shared.learningRate} with cosine decay, full batch; learned generators ${shared.generatorLearningRate} from ${shared.generatorScale} N(0, 1); ${shared.pairs} pairs a step from the code box; squared error summed over d + λ R1 relative; float32`

/** What is set case by case, of those that ran: cases of one protocol are told together. */
export function caseNotes({
  cases,
  steps: asked,
}: OrbitGapSettings): (readonly [cases: string, protocol: string])[] {
  const told = new Map<string, OrbitName[]>()
  for (const name of cases) {
    const { steps, margin, noise, latents, bottleneck, refine } = protocolOf(name)
    const grid = bottleneck === 1 ? `${latents}` : `${latents} × ${latents}`
    const refined = refine === 0 ? '' : `, the nearest refined by ${refine} steps of the local affine map`
    const protocol = `${orbits[name].points}; h = ${bottleneck}, ${asked ?? steps} steps; code box ± ${100 * margin} %, pairs within ${noise} spans; distance to ${grid} latents${refined}`
    told.set(protocol, [...(told.get(protocol) ?? []), name])
  }
  return [...told].map(([protocol, names]) => [names.join(', '), protocol])
}

/** For the terminal and `table.md`. */
export function orbitGapText(report: OrbitGapReport): ReportText {
  const { settings, failures } = report
  const columnsNote = `AE, Lie 1st: medians over seeds; ratio: that of Lie 1st / AE of the same seed; check: ${checkNote}. < ${helpedBelow}: seeds with such a ratio. aligned: seeds in which the learned generators span the true ones' fields by more than ${alignedAbove}.`
  return {
    title: `Orbit with a gap: mean distance from the gap's points to the decoder's surface, ${counted(settings.seeds, 'seed')}`,
    tables: [{ wide: plainTableOf(tableOf(report)) }],
    notes: [
      columnsNote,
      `${trainingNote}.`,
      ...caseNotes(settings).map(([names, protocol]) => `${names}: ${protocol}.`),
    ].map((note) => ['', note]),
    failures,
  }
}
