import { basename } from 'node:path'
import { alarmRule } from '@facet/models'
import type { Colours } from '../text/colours.ts'
import { counted, fourDigits, percent, twoDigits } from '../text/number.ts'
import { plainTable } from '../text/plain-table.ts'
import { alarmText, itemName } from './render-trained.ts'
import type { SampleScore } from './score.ts'
import type { ScoreModel, ScoreRules } from './score-file.ts'
import type { Baseline, FileSummary } from './score-summary.ts'
import type { Scored } from './write-scores.ts'

const none = '–'

const inPercent = (value: number | null): string => (value === null ? none : percent(value / 100))

interface Column {
  readonly head: string
  /** Whether there is something to show. */
  isIn(top: readonly SampleScore[]): boolean
  of(score: SampleScore): string
}

const always = (): boolean => true

/** Columns of the table of the worst. */
const columns: readonly Column[] = [
  { head: 'row', isIn: always, of: ({ file, row }) => `${basename(file)}:${row}` },
  { head: 'id', isIn: (top) => top.some(({ ids }) => ids.length > 0), of: ({ ids }) => ids.join(' ') },
  { head: 'time', isIn: (top) => top.some(({ time }) => time !== null), of: ({ time }) => time ?? none },
  { head: 'group', isIn: (top) => top.some(({ group }) => group !== null), of: ({ group }) => group ?? none },
  { head: 'label', isIn: (top) => top.some(({ label }) => label !== null), of: ({ label }) => label ?? '' },
  { head: 'error', isIn: always, of: ({ error }) => fourDigits(error) },
  { head: 'p', isIn: (top) => top.some(({ p }) => p !== null), of: ({ p }) => fourDigits(p) },
  {
    head: 'alarm',
    isIn: (top) => top.some(({ anomaly }) => anomaly !== null),
    of: ({ anomaly }) => (anomaly ? 'yes' : 'no'),
  },
  {
    head: 'trained on',
    isIn: (top) => top.some(({ percentile }) => percentile !== null),
    of: ({ percentile }) => inPercent(percentile),
  },
  {
    head: 'held out',
    isIn: (top) => top.some(({ heldOutPercentile }) => heldOutPercentile !== null),
    of: ({ heldOutPercentile }) => inPercent(heldOutPercentile),
  },
  {
    head: 'bits a unit',
    isIn: (top) => top.some(({ rarity }) => rarity !== null),
    of: ({ rarity }) => (rarity === null ? none : rarity.toFixed(3)),
  },
  {
    head: 'units away',
    isIn: (top) => top.some(({ nearestUnits }) => nearestUnits !== null),
    of: ({ occupied, nearestUnits }) => (occupied ? 'same' : String(nearestUnits ?? none)),
  },
  {
    head: 'from row',
    isIn: (top) => top.some(({ nearestRow }) => nearestRow !== null),
    of: ({ nearestRow }) => String(nearestRow ?? none),
  },
  {
    head: 'columns',
    isIn: (top) => top.some(({ columns }) => columns.length > 0),
    of: ({ columns }) => columns.map(({ column, share }) => `${column} ${percent(share)}`).join(', '),
  },
]

/** The rows with the largest errors, and what there is to say of the files, for the terminal. */
export function renderScores({ model, top, files }: Scored, rules: ScoreRules, colours: Colours): string {
  const shown = columns.filter(({ isIn }) => isIn(top))
  const table =
    top.length === 0
      ? []
      : [
          plainTable(
            {
              head: shown.map(({ head }) => head),
              rows: top.map((score) => shown.map(({ of }) => of(score))),
            },
            colours,
          ),
          `the ${top.length} of ${counted(
            sum(files, ({ rows }) => rows),
            'row',
          )} with the largest errors${isOfWindows(model) ? ', of windows that share rows the worst alone' : ''}`,
        ]
  return [
    ...table,
    ...ruleLines(model, rules),
    ...files.flatMap((file) => fileLines(file, model, rules)),
  ].join('\n')
}

const sum = (files: readonly FileSummary[], of: (file: FileSummary) => number): number =>
  files.reduce((total, file) => total + of(file), 0)

const isOfWindows = ({ folder }: ScoreModel): boolean => folder.preparation.window !== null

/** How alarms are decided. */
function ruleLines(model: ScoreModel, rules: ScoreRules): string[] {
  const { calibration } = model
  const { alpha, fdr } = rules
  const item = itemName(model.folder.config.settings)
  const held = calibration === null ? 0 : calibration.errors.length + calibration.fenced
  if (calibration === null || held === 0)
    return [`alarms: none, as no ${item} was held out to calibrate them`]
  const { kind, ...rule } = alarmRule(calibration, alpha)
  const { errors, fenced } = calibration
  if (fdr !== null) {
    return [
      `alarms: rows whose p-values, of ${counted(errors.length, `held-out ${item}`)}, keep false discoveries below ${shareText(fdr)} (Benjamini–Hochberg)`,
      ...windowLines(model, rules),
    ]
  }
  return kind === 'none'
    ? [`alarms: none, as ${counted(held, `held-out ${item}`)} are too few to calibrate them`]
    : [
        `alarms: ${alarmText({ kind, ...rule, calibrating: errors.length, fenced }, item)}`,
        ...windowLines(model, rules),
      ]
}

/** A window is compared with windows; a row has the worst of several. */
function windowLines({ folder }: ScoreModel, { by }: ScoreRules): string[] {
  const { window } = folder.preparation
  if (window === null || by !== 'max' || window.stride >= window.length) return []
  const most = Math.ceil(window.length / window.stride)
  return [
    `  a row has the largest error of the up to ${most} windows that it is in, and more false alarms than a window; --by mean has fewer`,
  ]
}

/** Why not even one row can be an alarm: p-values that so few held-out rows give are too coarse for so many rows. */
function tooCoarse(
  { calibration }: ScoreModel,
  { fdr }: ScoreRules,
  { alarms, scored }: FileSummary,
): string[] {
  if (fdr === null || alarms !== 0) return []
  const smallest = 1 / (calibration!.errors.length + 1)
  const fewest = Math.ceil((smallest * scored) / fdr)
  if (fewest <= 1) return []
  const told =
    fewest > scored
      ? `no row can be an alarm`
      : `fewer than ${fewest} alarms in ${scored} rows cannot be told`
  return [
    `  no p-value is below ${fourDigits(smallest)}: ${told} with --fdr ${fdr}; hold out more rows, or use --alpha`,
  ]
}

function fileLines(file: FileSummary, model: ScoreModel, rules: ScoreRules): string[] {
  const name = basename(file.file)
  const { alarms, scored, rows, unusable, inNoWindow, notes, detection, baseline } = file
  const share = scored === 0 ? '' : `, ${shareText((alarms ?? 0) / scored)}`
  return [
    ...notes.map((note) => `${name}: ${note}`),
    ...(alarms === null ? [] : [`${name}: ${counted(alarms, 'alarm')} in ${counted(scored, 'row')}${share}`]),
    ...tooCoarse(model, rules, file),
    ...(scored === rows ? [] : [`${name}: ${counted(rows - scored, 'row')} without a score`]),
    ...(inNoWindow === 0 ? [] : [`  in no window that could be scored`]),
    ...unusable.map(
      ({ reason, count, firstRow }) =>
        `  ${count} with: ${reason} (${count === 1 ? 'row' : 'first row'} ${firstRow})`,
    ),
    ...(detection === null
      ? []
      : [
          `${name}: ${detection.what}: ${counted(detection.odd, 'odd row')}, ${detection.normal} normal; ` +
            `recall ${fourDigits(finite(detection.recall))}, precision ${fourDigits(finite(detection.precision))}, false alarms ${shareText(detection.falseAlarms)}; ` +
            `AUC ${fourDigits(finite(detection.auc))}, average precision ${fourDigits(finite(detection.averagePrecision))}`,
        ]),
    ...(baseline === null ? [] : baselineLines(name, baseline)),
  ]
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** Shares below one in a hundred in two digits: 0.011 % of 285,000 rows are 31. */
const shareText = (value: number): string =>
  value > 0 && value < 0.01 ? `${twoDigits(100 * value)} %` : Number.isFinite(value) ? percent(value) : none

const chance = (p: number): string => (p < 0.001 ? 'P < 0.001' : `P = ${twoDigits(p)}`)

/** A file differs where one of two tests finds it at this level, corrected for their number. */
const level = 0.01

function baselineLines(name: string, drift: Baseline): string[] {
  const { rows, alarms, alarmsP, distance, distanceP, ratio, unseen } = drift
  if (Number.isNaN(distance)) return [`${name}: nothing to compare with the rows held out`]
  const differs = Math.min(1, 2 * Math.min(alarmsP, distanceP)) < level
  const verdict = differs ? 'differs from the rows held out' : 'no difference from the rows held out is found'
  return [
    `${name}: as a whole, ${verdict} (two tests, ${counted(rows, 'error')})`,
    `  p ≤ ${fourDigits(drift.level)}: ${shareText(alarms)}, expected ${shareText(drift.level)}; ${chance(alarmsP)}`,
    `  errors: median ${fourDigits(ratio)} times that of the rows held out; Kolmogorov–Smirnov distance ${fourDigits(distance)}, ${chance(distanceP)}`,
    ...(unseen === null
      ? []
      : [
          `  in regions without a training row: ${shareText(unseen.share)}; of rows like the training's about ${shareText(unseen.expected)}`,
        ]),
  ]
}
