import { modelShades } from '../../objectives.ts'
import { csvFile, documentFile, jsonFile, rowsFile } from '../../report/downloads.ts'
import { failureList } from '../../report/failures.ts'
import { figure, panels } from '../../report/figure.ts'
import { joined, strong } from '../../report/findings.ts'
import { html } from '../../report/html.ts'
import { legend } from '../../report/legend.ts'
import type { Download, Page, Section } from '../../report/page.ts'
import type { SettingLine } from '../../report/settings-table.ts'
import { htmlTableOf } from '../../report/table.ts'
import { settingsSection } from '../../study/sections/settings.ts'
import { counted } from '../../text/number.ts'
import type { OrbitName } from './cases.ts'
import { definition } from './experiment.ts'
import { leadHtml } from './lead.ts'
import { orbits } from './orbits.ts'
import { distanceColoursCss, distanceLegend } from './pictures/distance-colours.ts'
import { picturesOf } from './pictures/pictures.ts'
import { alignedAbove, helpedBelow, type OrbitGapReport, type OrbitGapRun, plainOutcomes } from './report.ts'
import { type OrbitGapSettings, protocolOf } from './settings.ts'
import { rowsByOrbit, tableOf } from './table.ts'
import { caseNotes, checkNote, trainingNote } from './text.ts'

const tableNote = html`<p class="note" style="margin-top:.8rem">Gap distance: mean over the gap’s points of the distance to what the model learned. Ratio: to the plain autoencoder of the same seed; check: ${checkNote}. &lt; ${helpedBelow}: seeds with such a ratio. Aligned: seeds in which the learned generators span the true ones’ fields by more than ${alignedAbove}, and the median of that share.</p>`

const distanceSigns = legend(
  distanceLegend.map(({ colour, text }) => ({ sign: { shape: 'field', colour }, text })),
)

/** One case: what it is, what one seed's models look like, and how all seeds came out. */
function caseSection(name: OrbitName, report: OrbitGapReport): Section {
  const { title, what } = orbits[name]
  const { rows, charts } = picturesOf(name, report)
  const captions = charts.map((chart) => html`${strong(`${chart.title}.`)} ${chart.caption}`)
  const drawn = rows.map(
    (row) =>
      html`<h3>${row.title}</h3>${figure([row.ofDistances ? distanceSigns : null, panels(row.panels)], row.caption)}\n`,
  )
  return {
    id: name,
    title,
    html: html`<p>${what}</p>\n${drawn}<h3>In numbers</h3>${figure(panels(charts, 3, 19), joined(captions, ' '))}`,
  }
}

/** A run a row; `ratio` is that to the plain autoencoder of its seed. */
function runsFile(runs: readonly OrbitGapRun[]): Download {
  const plainOf = plainOutcomes(runs)
  return rowsFile('orbit-runs.csv', runs, {
    case: ({ task }) => task.orbit,
    generators: ({ task }) => task.generators,
    lambda: ({ task }) => task.weight,
    seed: ({ task }) => task.seed,
    steps: ({ task }) => task.steps,
    gapDistance: ({ outcome }) => outcome?.gapDistance ?? null,
    ratio({ task, outcome }) {
      const plain = plainOf(task)
      return outcome && plain ? outcome.gapDistance / plain.gapDistance : null
    },
    alignment: ({ outcome }) => outcome?.alignment ?? null,
    unexplained: ({ outcome }) => outcome?.unexplained ?? null,
  })
}

/** The numbers of the page as files. */
function downloadsOf(report: OrbitGapReport, document: string): Download[] {
  const { settings, rows, runs, failures } = report
  const all = {
    settings,
    protocols: Object.fromEntries(settings.cases.map((name) => [name, protocolOf(name)])),
    rows,
    runs: runs.map(({ task, outcome }) => ({ ...task, ...outcome, picture: undefined })),
    failures,
  }
  return [
    csvFile('orbit-table.csv', tableOf(report)),
    runsFile(runs),
    jsonFile('orbit.json', all, 2),
    documentFile(document),
  ]
}

/** Everything that the numbers depend on. */
function linesOf(settings: OrbitGapSettings): SettingLine[] {
  const { seeds } = settings
  return [
    [
      'seeds',
      `${counted(seeds, 'seed')}, ${seeds === 1 ? '0' : `0 to ${seeds - 1}`}: a seed draws the orbit’s place in space (the shifts have none), the first weights, the pairs of every step and generators that start at random or are wrong; curves and surfaces are drawn from seed 0`,
    ],
    ['training', trainingNote],
    ...caseNotes(settings),
    [
      'gap distance',
      'mean over the gap’s points of the distance to the decoder’s image of the code box of the training points and its margin',
    ],
    [
      'alignment',
      'mean over the training points, and over the true generators, of the share of the true generator’s field Gx that lies in the span of the learned ones’ fields',
    ],
  ]
}

/** The report of the study as one self-contained page. */
export function orbitGapPage(report: OrbitGapReport, document: string): Page {
  const { settings, runs, failures } = report
  return {
    title: 'An orbit with a gap',
    kicker: `facet ${definition.command} · ${settings.cases.join(', ')} · ${counted(settings.seeds, 'seed')}`,
    lead: leadHtml(report),
    sections: [
      {
        id: 'table',
        title: 'All cases',
        html: html`${htmlTableOf(tableOf(report, rowsByOrbit(report)))}${tableNote}${failureList(failures)}`,
      },
      ...settings.cases.map((name) => caseSection(name, report)),
      {
        id: 'settings',
        title: 'Settings and seeds',
        html: settingsSection({
          definition,
          settings,
          lines: linesOf(settings),
          caption: 'Everything that the numbers depend on.',
          runs,
          document,
        }),
      },
    ],
    downloads: downloadsOf(report, document),
    colours: modelShades,
    css: distanceColoursCss,
  }
}
