import { regionsInBalls } from '@facet/geometry'
import { gather, key, tensor } from '@facet/tensor'
import * as Plot from '@observablehq/plot'
import { median } from '../harness/statistics.ts'
import { svgOf } from '../report/plot.ts'
import { withCaption } from './growth.ts'
import { digitsOf, mnistModels, trainBriefly } from './mnist-models.ts'

/** Regions and samples in balls of one radius around test digits: medians over the centres. */
export interface Counted {
  readonly model: string
  readonly radius: number
  readonly regions: number
  /** Points that were looked at: the centre, those drawn in this and the smaller balls, and the digits. No more regions can be seen. */
  readonly points: number
  readonly samples: number
  readonly sampleRegions: number
}

/** Fig. 3: which of the models is small, large, convolutional. */
const models: Readonly<Record<string, string>> = {
  'small MLP': 'dense 784-64-10-64-784',
  'large MLP': 'dense 784-512-256-10-256-512-784',
  convolutional: 'convolutional, max-pooling: 8, 16 channels, 10',
}

/** Regions in balls of growing radius against the digits in them (lower bounds: regions that points drawn in them lie in). */
export async function counts(
  folder: string,
  isQuick: boolean,
  onModel: (name: string, error: number) => void,
): Promise<{ draws: number; centres: number; digits: number; rows: Counted[] }> {
  const [digits, draws, centres] = isQuick ? [200, 50, 2] : [2000, 2000, 10]
  const radii = isQuick ? [1, 10] : [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 6, 9, 14]
  const data = await digitsOf(folder, digits)
  const rows: Counted[] = []
  for (const [name, model] of Object.entries(models)) {
    const made = mnistModels[model]()
    const { testError } = await trainBriefly(made, data, isQuick ? 1 : 3)
    const around = gather(data.test, tensor(Int32Array.from({ length: centres }, (_, i) => i)))
    const found = regionsInBalls(made, around, radii, key('balls'), { samples: data.train, draws })
    const at = (counted: readonly (readonly number[])[], r: number) => median(counted.map((own) => own[r]))
    for (const [r, radius] of radii.entries()) {
      const samples = at(found.samples, r)
      rows.push({
        model: name,
        radius,
        regions: at(found.regions, r),
        points: 1 + draws * (r + 1) + samples,
        samples,
        sampleRegions: at(found.sampleRegions, r),
      })
    }
    onModel(name, testError)
  }
  return { draws, centres, digits, rows }
}

export function countsChart(rows: readonly Counted[], caption: string): string {
  const points = rows.flatMap(({ model, radius, regions, points, samples }) => [
    { model, radius, quantity: 'points looked at', value: points },
    { model, radius, quantity: 'regions seen', value: regions },
    { model, radius, quantity: 'digits', value: samples },
  ])
  return withCaption(
    svgOf({
      width: 840,
      height: 320,
      marginLeft: 60,
      marginBottom: 50,
      marginTop: 40,
      style: { background: 'white', fontFamily: 'system-ui, sans-serif' },
      ariaLabel: 'regions seen and digits in balls of growing radius',
      fx: { label: null, domain: Object.keys(models) },
      x: { type: 'log', label: 'radius →', tickFormat: '~g', ticks: [0.01, 0.1, 1, 10] },
      y: {
        type: 'symlog',
        label: '↑ count, median over the balls',
        grid: true,
        ticks: [0, 1, 10, 100, 1000, 10000],
      },
      color: {
        domain: ['points looked at', 'regions seen', 'digits'],
        range: ['#999999', '#1f6feb', '#d1570a'],
      },
      marks: [
        Plot.line(points, { fx: 'model', x: 'radius', y: 'value', stroke: 'quantity' }),
        Plot.dot(points, { fx: 'model', x: 'radius', y: 'value', fill: 'quantity', r: 3 }),
        Plot.text(
          points.filter(
            ({ model, radius }) =>
              model === 'small MLP' && radius === rows[Math.floor(rows.length / 6)].radius,
          ),
          {
            fx: 'model',
            x: 'radius',
            y: 'value',
            text: 'quantity',
            fill: 'quantity',
            dy: -10,
          },
        ),
      ],
    }),
    caption,
  )
}
