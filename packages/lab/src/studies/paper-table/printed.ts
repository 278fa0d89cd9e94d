import type { ModelName } from '../../objectives.ts'

/** A mean and its spread over runs, in hundredths of squared error. */
export interface Figure {
  readonly mean: number
  readonly std: number
}

export type PaperRow = Readonly<Partial<Record<ModelName, Figure>>>

/** The models of Table 1. */
export const paperModels = [
  'ae',
  'denoising',
  'higherOrderContractive',
  'lieGroupFirstOrder',
  'lieGroupSecondOrder',
] as const satisfies readonly ModelName[]

type Cell = readonly [mean: number, std: number] | null

/** Table 1 of the paper: test reconstruction error × 100, mean ± std over 10 runs; null where it reports none. */
// biome-ignore format: one line a row, as printed
const cells: Readonly<Record<string, readonly [Cell, Cell, Cell, Cell, Cell]>> = {
  CIFAR10: [[5.6, 0.05], [5.0, 0.05], null, [4.9, 0.07], null],
  MNIST: [[12.01, 0.003], [12.01, 0.004], [12.01, 0.004], [6.3, 0.1], [10.13, 0.1]],
  CBF: [[62.38, 0.74], [52.66, 0.76], [51.09, 0.54], [43.99, 1.2], [49.73, 0.31]],
  Yoga: [[33.76, 0.81], [33.29, 0.72], [32.08, 0.42], [20.28, 1.1], [30.78, 1.2]],
  Trace: [[13.95, 0.45], [11.28, 0.57], [12.57, 0.21], [13.23, 0.4], [10.91, 0.45]],
  Wine: [[63.06, 0.02], [59.34, 0.02], [49.94, 0.02], [19.01, 0.02], [49.94, 0.01]],
  ShapesAll: [[67.98, 3.0], [58.67, 1.4], [61.42, 5.5], [52.97, 1.9], [57.80, 1.2]],
  FiftyWords: [[64.91, 1.7], [60.91, 1.0], [60.92, 0.7], [71.84, 3.4], [57.89, 1.0]],
  WordSynonyms: [[70.95, 1.5], [66.02, 0.8], [66.52, 0.5], [68.21, 2.7], [62.22, 1.1]],
  InsectSounds: [[51.86, 0.6], [40.24, 0.8], [41.93, 0.6], [38.11, 0.9], [38.22, 0.3]],
  ECG5000: [[21.92, 0.75], [20.31, 0.39], [20.31, 0.36], [18.06, 0.9], [20.29, 0.4]],
  Earthquakes: [[56.23, 4.1], [54.62, 4.1], [51.79, 1.0], [99.41, 0.2], [50.20, 0.5]],
  Haptics: [[37.25, 0.2], [36.02, 1.8], [27.21, 0.5], [16.94, 3.4], [26.06, 0.9]],
  FaceFour: [[49.82, 1.0], [48.51, 0.8], [48.52, 0.7], [48.60, 1.9], [46.00, 0.6]],
  SyntheticControl: [[95.61, 1.3], [89.37, 1.0], [88.47, 0.9], [55.87, 0.8], [86.83, 0.6]],
}

/** A figure as the paper prints it: `88.47 ± 0.9`. */
export const paperText = ({ mean, std }: Figure): string =>
  `${mean.toFixed(2)} ± ${Number.isInteger(std) ? std.toFixed(1) : std}`

/** Sets that the paper calls by another name than the UCR archive. */
const paperNames: ReadonlyMap<string, string> = new Map([['InsectWingbeatSound', 'InsectSounds']])

/** The sets of Table 1, in its order, by the names of their files. */
export const paperSets: readonly string[] = Object.keys(cells).map(
  (name) => [...paperNames].find(([, printed]) => printed === name)?.[0] ?? name,
)

/** What the paper reports for a data set (Table 1); empty for sets that it does not have. */
export function paperRow(set: string): PaperRow {
  const name = paperNames.get(set) ?? set
  const row = Object.hasOwn(cells, name) ? cells[name] : []
  return Object.fromEntries(
    paperModels.flatMap((model, i) => {
      const cell = row[i]
      return cell ? [[model, { mean: cell[0], std: cell[1] }]] : []
    }),
  )
}
