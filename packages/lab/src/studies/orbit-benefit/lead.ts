import { type ModelName, models } from '../../objectives.ts'
import { findingsList, strong } from '../../report/findings.ts'
import { type Content, type Html, html } from '../../report/html.ts'
import { type ComparedCell, compareModels, errorsOf } from '../../study/grid-report.ts'
import { counted, errorText, percent, pText, signedPercent } from '../../text/number.ts'
import { mean, median } from '../../text/statistics.ts'
import { type BenefitReport, pcaOnOrbitErrors } from './report.ts'

/** Below it a difference is called one that chance seldom makes. */
const significance = 0.05

/** A model beside AE, set by set where both have a result. */
const comparisons = (report: BenefitReport, model: ModelName): ComparedCell[] =>
  report.settings.sets.flatMap((set) => compareModels(report, set, model) ?? [])

const isLikely = ({ signFlip }: ComparedCell): boolean => signFlip !== null && signFlip < significance

/** Fewer pairs than these have no p below 0.05: of 2^n patterns of signs two are as far from 0 as any can be. */
const fewestRuns = 6

const told = ({ set, relative, wins, runs, signFlip }: ComparedCell): string => {
  const p =
    signFlip === null || runs < fewestRuns
      ? ''
      : `, p ${signFlip < 0.001 ? pText(signFlip) : `= ${pText(signFlip)}`}`
  return `${set} (${signedPercent(relative)}, lower in ${wins} of ${counted(runs, 'run')}${p})`
}

/** The one question: does reconstructing moved samples lower the error on samples that nobody moved? */
function orbitFinding(report: BenefitReport): Content {
  const all = comparisons(report, 'lieGroupOrbit')
  if (all.length === 0) {
    return html`${strong('This run cannot say whether orbit reconstruction helps')}: AE and orbit were not both trained, or have no result.`
  }
  const lower = all.filter(({ relative }) => relative < 0)
  const higher = all.filter(({ relative }) => relative >= 0)
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

/** What is no control: the two sides of the question, and other ways to use the same generators; nor is what moves along others. */
const noControls: readonly ModelName[] = ['ae', 'lieGroupOrbit', 'lieGroupTangent', 'skipOrbit']

/** Controls beside it: the best of them on each set. */
function controlFinding(report: BenefitReport): Content[] {
  const controls = report.settings.models.filter(
    (model) => !noControls.includes(model) && models[model].bank === undefined,
  )
  const rows = comparisons(report, 'lieGroupOrbit').flatMap((orbit) => {
    const [best] = controls
      .flatMap((model) => compareModels(report, orbit.set, model) ?? [])
      .sort((a, b) => a.relative - b.relative)
    return best === undefined ? [] : [{ orbit, best }]
  })
  if (rows.length === 0) return []
  const ahead = rows.filter(({ orbit, best }) => orbit.relative < best.relative).length
  const parts = rows.map(
    ({ best: { set, model, relative } }) => `${set} ${models[model].title} ${signedPercent(relative)}`,
  )
  return [
    html`${strong(`Orbit is below the best control on ${ahead} of ${counted(rows.length, 'set')}`)}. The best control of each, against AE: ${parts.join('; ')}.`,
  ]
}

function wrongGenerators(report: BenefitReport): Content[] {
  const shares = comparisons(report, 'permutedOrbit').map(({ relative }) => relative)
  const ends = shares.length === 1 ? shares : [Math.min(...shares), Math.max(...shares)]
  return shares.length === 0
    ? []
    : [
        html`${strong('The same generators in permuted coordinates')}, which say nothing true of the data, change the error by ${ends.map(signedPercent).join(' to ')}: what orbit gains beyond that comes from the family of generators and not from more samples.`,
      ]
}

/** Whether generators have to be given. */
function learnedFinding(report: BenefitReport): Content[] {
  const all = comparisons(report, 'learnedOrbit')
  if (all.length === 0) return []
  const lower = all.filter(({ relative }) => relative < 0)
  const gains = all.flatMap(({ set, relative }) => {
    const given = compareModels(report, set, 'lieGroupOrbit')
    return given === null || given.relative >= 0 ? [] : [relative / given.relative]
  })
  const recovered =
    gains.length === 0
      ? ''
      : ` They have ${percent(median(gains))} of what given generators gain (median of ${counted(gains.length, 'set')}).`
  return [
    html`${strong(`Learned generators lower the mean test error on ${lower.length} of ${counted(all.length, 'set')}`)}${lower.length === 0 ? '.' : `: ${lower.map(told).join('; ')}.`}${recovered}`,
  ]
}

/** Whether a linear model would have done, with the same samples. */
function linearFinding(report: BenefitReport): Content[] {
  const k = report.settings.bottleneck
  const rows = report.settings.sets.flatMap((set) => {
    const [own, onOrbit] = [errorsOf(report, set, 'lieGroupOrbit'), pcaOnOrbitErrors(report, set)]
    return own.length === 0 || onOrbit.length === 0 ? [] : [{ set, own: mean(own), linear: mean(onOrbit) }]
  })
  if (rows.length === 0) return []
  const lower = rows.filter(({ own, linear }) => own < linear).length
  const parts = rows.map(({ set, own, linear }) => `${set} ${errorText(linear)} against ${errorText(own)}`)
  return [
    html`${strong(`Orbit is below PCA-${k} fitted to samples on the same orbits on ${lower} of ${counted(rows.length, 'set')}`)}: ${parts.join('; ')}. Where the two are near each other, a linear model has most of the gain.`,
  ]
}

const failed = ({ failures }: BenefitReport): Content[] =>
  failures.length === 0
    ? []
    : [html`${strong(`${counted(failures.length, 'run')} failed`)}; they are listed with the table.`]

/** What the study shows, in plain words, all of it computed from its numbers. */
export const leadHtml = (report: BenefitReport): Html =>
  findingsList(
    [
      orbitFinding(report),
      ...learnedFinding(report),
      ...controlFinding(report),
      ...wrongGenerators(report),
      ...linearFinding(report),
      ...failed(report),
    ],
    'This is augmentation along one-parameter groups with a scale that is estimated from the data: whoever uses given generators supplies their family, and with learned ones that they are local and act as flows. Errors are mean squared errors over test samples and dimensions × 100; every value was chosen by validation errors alone.',
  )
