import { type Dataset, split } from '@facet/data'
import { adam, autoencoder, fit, meanPredictorError, reconstructionError } from '@facet/models'
import { key } from '@facet/tensor'
import * as z from 'zod'
import { define } from '../../fields/definition.ts'
import { text, wholeNumber } from '../../fields/fields.ts'
import { modelObjectives, modelShades } from '../../objectives.ts'
import { html } from '../../report/html.ts'
import { csvOfTable, htmlTableOf, plainTableOf, type Table } from '../../report/table.ts'
import { bankOf } from '../../sets/generator-banks.ts'
import { aNumber } from '../data.ts'
import type { GridOutcome, GridSettings } from '../grid.ts'
import { candidatesOf, countGrid, gridFields } from '../grid-fields.ts'
import type { GridReport } from '../grid-report.ts'
import { gridStudy } from '../grid-study.ts'
import { baselineRow, errorColumn, type GridRow, modelRows, nameColumn } from '../grid-table.ts'

interface Baselines {
  readonly mean: number
}

type LineReport = GridReport<GridSettings, GridOutcome, Baselines>

const length = 8
const validationShare = 0.25

/** Noise: a set that is no file. */
const load = async (name: string): Promise<Dataset> => ({
  name,
  train: key(name).child('train').normal([16, length]),
  test: key(name).child('test').normal([10, length]),
  trainLabels: new Int32Array(16),
  testLabels: new Int32Array(10),
})

const table = (report: LineReport): Table<GridRow> => ({
  caption: html`Errors × 100`,
  label: 'Errors',
  columns: [nameColumn, errorColumn],
  groups: report.settings.sets.map((set) => ({
    title: set,
    rows: [
      ...modelRows(report, set),
      baselineRow(
        set,
        'mean',
        report.baselines.get(set)!.map(({ mean }) => mean),
      ),
    ],
  })),
})

const definition = define({
  document: 'lines',
  documentAliases: [],
  flag: 'lines',
  flagAliases: [],
  command: 'reproduce --study lines',
  fields: {
    sets: gridFields.sets,
    models: gridFields.models(['ae', 'denoising'], 'two'),
    runs: gridFields.runs(2),
    seed: gridFields.seed,
  },
  settings: (fields): GridSettings => ({
    ...fields,
    candidates: candidatesOf(fields.models, {}, ({ grid }) => grid),
    data: null,
    samples: null,
  }),
  content: ({ sets, models, runs, seed }) => ({ sets, models, runs, seed }),
  countJobs: (settings) => countGrid(settings),
})

const netOf = (seed: number | string) =>
  autoencoder({ input: length, bottleneck: 2, encoderHidden: [6], decoderHidden: [6], seed })

const study = gridStudy<GridSettings, GridOutcome, { readonly set: string }, Baselines>({
  data: { load, validationShare, checkSizes: () => {} },
  run: {
    outcome: z.strictObject({ validationError: aNumber, testError: aNumber, bestEpoch: wholeNumber(0) }),
    async run({ seed }, { set, model, value, run }, onProgress) {
      const { train: whole, test } = await load(set)
      const { train, validation } = split(whole, { validation: validationShare, key: key(seed).child(run) })
      const net = netOf(`${seed}/${run}`)
      const { epochs, bestEpoch } = await fit(
        net,
        { train, validation },
        {
          epochs: 2,
          batchSize: 4,
          optimizer: adam(),
          objective: modelObjectives(model, value, {
            bank: (choice) => bankOf({ length, image: null, train, key: key(seed) }, choice),
          }),
          seed: `${seed}/${run}`,
          onStep: (_, { stepsDone, totalSteps }) => onProgress(stepsDone / totalSteps),
        },
      )
      return {
        validationError: epochs[bestEpoch!].validation!,
        testError: reconstructionError(net, test),
        bestEpoch: bestEpoch!,
      }
    },
    note: ({ testError }) => testError.toFixed(3),
    about: (settings) => ({ settings }),
    work: (_settings, _task, { validation, test }) => ({ epochs: 2, forward: validation + test }),
  },
  step: { samples: () => 4, net: () => netOf(0) },
  baselines: {
    task: z.strictObject({ set: text('the name of a data set') }),
    outcome: z.strictObject({ mean: aNumber }),
    tasks: ({ sets }) => sets.map((set) => ({ set })),
    async run(_, { set }) {
      const { train, test } = await load(set)
      return { mean: meanPredictorError(train, test) }
    },
    label: ({ set }) => `${set} · mean`,
    cost: () => 0.1,
  },
  summary: ({ cells }) => cells.map(({ set, model, chosen }) => ({ kind: 'cell', set, model, chosen })),
  text: (report) => ({
    title: 'Lines',
    tables: [{ wide: plainTableOf(table(report)) }],
    notes: [['baseline', 'the mean of the training part']],
    failures: report.failures,
  }),
  page: async (report, document) => ({
    title: 'Lines',
    lead: html`<p>${report.settings.runs} runs.</p>`,
    sections: [{ id: 'table', title: 'Errors', html: htmlTableOf(table(report)) }],
    downloads: [
      { name: 'table.csv', type: 'text/csv', text: csvOfTable(table(report)) },
      { name: 'experiment.yaml', type: 'application/yaml', text: document },
    ],
    colours: modelShades,
  }),
})

/** A whole study in one file: its settings, what it trains, what it is compared with, and how it is shown. */
export const lineStudy = { definition, ...study }
