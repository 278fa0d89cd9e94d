import { findingsList, strong } from '../../report/findings.ts'
import { type Content, type Html, html } from '../../report/html.ts'
import { counted, errorText, pText, signedPercent } from '../../text/number.ts'
import { mean } from '../../text/statistics.ts'
import { studyModels } from './models.ts'
import { type OrbitStudyReport, pcaOnOrbitErrors, rowOf } from './report.ts'
import type { StudyRow } from './summarise.ts'

/** Below it a difference is called one that chance seldom makes. */
const significance = 0.05

type Compared = StudyRow & { readonly comparison: NonNullable<StudyRow['comparison']> }

const comparedRows = ({ rows }: OrbitStudyReport, model: string): Compared[] =>
  rows.filter((row): row is Compared => row.model === model && row.comparison !== null)

const isLikely = ({ comparison: { signFlip } }: Compared): boolean =>
  signFlip !== null && signFlip < significance

/** Fewer pairs than these have no p below 0.05: of 2^n patterns of signs two are as far from 0 as any can be. */
const fewestRuns = 6

const told = ({ set, comparison: { relative, wins, runs, signFlip } }: Compared): string => {
  const p =
    signFlip === null || runs < fewestRuns
      ? ''
      : `, p ${signFlip < 0.001 ? pText(signFlip) : `= ${pText(signFlip)}`}`
  return `${set} (${signedPercent(relative)}, lower in ${wins} of ${counted(runs, 'run')}${p})`
}

/** The one question: does reconstructing moved samples lower the error on samples that nobody moved? */
function orbitFinding(report: OrbitStudyReport): Content {
  const all = comparedRows(report, 'orbit')
  if (all.length === 0) {
    return html`${strong('This run cannot say whether orbit reconstruction helps')}: AE and orbit were not both trained, or have no result.`
  }
  const lower = all.filter(({ comparison }) => comparison.relative < 0)
  const higher = all.filter(({ comparison }) => comparison.relative >= 0)
  const sure = lower.filter(isLikely).length
  const head = `Orbit reconstruction lowers the mean test error on ${lower.length} of ${counted(all.length, 'set')}`
  const beyond =
    report.settings.runs < fewestRuns
      ? ` With ${counted(report.settings.runs, 'run')} the permutation test cannot reach p = 0.05: use ${fewestRuns} or more.`
      : ` On ${sure} of them chance makes that seldom (permutation p below 0.05).`
  return [
    html`${strong(head)}${lower.length === 0 ? '.' : `: ${lower.map(told).join('; ')}.`}`,
    ...(higher.length === 0 ? [] : [` It does not on ${higher.map(told).join('; ')}.`]),
    lower.length === 0 ? '' : beyond,
  ]
}

/** Controls beside it: the best of them on each set, and the wrong generators. */
function controlFinding(report: OrbitStudyReport): Content[] {
  const controls = report.settings.models.filter((model) => !['ae', 'orbit', 'tangent'].includes(model))
  const rows = report.settings.sets.flatMap((set) => {
    const orbit = comparedRows(report, 'orbit').find((row) => row.set === set)
    const best = controls
      .flatMap((model) => comparedRows(report, model).filter((row) => row.set === set))
      .reduce<Compared | null>((a, b) => (a === null || b.mean! < a.mean! ? b : a), null)
    return orbit && best ? [{ set, orbit, best }] : []
  })
  if (rows.length === 0) return []
  const ahead = rows.filter(({ orbit, best }) => orbit.mean! < best.mean!).length
  const parts = rows.map(
    ({ set, best }) => `${set} ${studyModels[best.model].title} ${signedPercent(best.comparison.relative)}`,
  )
  return [
    html`${strong(`Orbit is below the best control on ${ahead} of ${counted(rows.length, 'set')}`)}. The best control of each, against AE: ${parts.join('; ')}.`,
  ]
}

const range = (rows: readonly Compared[]): string => {
  const shares = rows.map(({ comparison }) => comparison.relative).sort((a, b) => a - b)
  return shares.length === 1
    ? signedPercent(shares[0])
    : `${signedPercent(shares[0])} to ${signedPercent(shares.at(-1)!)}`
}

function wrongGenerators(report: OrbitStudyReport): Content[] {
  const rows = comparedRows(report, 'permuted')
  return rows.length === 0
    ? []
    : [
        html`${strong('The same generators in permuted coordinates')}, which say nothing true of the data, change the error by ${range(rows)}: what orbit gains beyond that comes from the family of generators and not from more samples.`,
      ]
}

/** Whether a linear model would have done, with the same samples. */
function linearFinding(report: OrbitStudyReport): Content[] {
  const k = report.settings.bottleneck
  const rows = report.settings.sets.flatMap((set) => {
    const own = rowOf(report, set, 'orbit')?.mean
    const onOrbit = pcaOnOrbitErrors(report, set)
    return own == null || onOrbit.length === 0 ? [] : [{ set, own, linear: mean(onOrbit) }]
  })
  if (rows.length === 0) return []
  const lower = rows.filter(({ own, linear }) => own < linear).length
  const parts = rows.map(({ set, own, linear }) => `${set} ${errorText(linear)} against ${errorText(own)}`)
  return [
    html`${strong(`Orbit is below PCA-${k} fitted to samples on the same orbits on ${lower} of ${counted(rows.length, 'set')}`)}: ${parts.join('; ')}. Where the two are near each other, a linear model has most of the gain.`,
  ]
}

const failed = ({ failures }: OrbitStudyReport): Content[] =>
  failures.length === 0
    ? []
    : [html`${strong(`${counted(failures.length, 'run')} failed`)}; they are listed with the table.`]

/** What the study shows, in plain words, all of it computed from its numbers. */
export const leadHtml = (report: OrbitStudyReport): Html =>
  findingsList(
    [
      orbitFinding(report),
      ...controlFinding(report),
      ...wrongGenerators(report),
      ...linearFinding(report),
      ...failed(report),
    ],
    'This is augmentation along known one-parameter groups with a scale that is estimated from the data: whoever uses it supplies the family. Errors are mean squared errors over test samples and dimensions × 100; every value was chosen by validation errors alone.',
  )
