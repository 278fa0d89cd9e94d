import { fileLimits } from '../data/limits.ts'
import { dataCall } from '../run/data-calls.ts'
import type { DataFacts } from '../run/data-facts.ts'
import { modelCall, optimizerCall } from '../run/model-call.ts'
import { objectiveTerms } from '../run/objectives.ts'
import { HELD_OUT, streams } from '../run/streams.ts'
import type { Frame, State } from '../state/state.ts'
import { Imports, printed, quoted } from './print-call.ts'

/** What a program is written of, beside the state. */
export interface ProgramFacts {
  /** Of the run. */
  readonly facts: Pick<DataFacts, 'kind' | 'width' | 'image' | 'columns'>
  /** Checksum of the weights after the last step, to compare with; `null` where it is not known. */
  readonly checksum: string | null
  /** The window in which regions of the data's plane are counted; `null` for data that are no plane, or none. */
  readonly window: Frame | null
}

const TENSOR = '@facet/tensor'

/**
 * A program for Node that does what a page does, with the same weights to the last bit: data, model, objective, training to `state.step`, the
 * checksum of the weights and numbers of regions. It is written of the calls that the page itself does.
 *
 * @throws Error for an objective that needs generators which are not known
 * @example
 * nodeProgram(state, { facts, checksum: null, window: null }) // "import { circle } from '@facet/data' …"
 */
export function nodeProgram(state: State, { facts, checksum, window }: ProgramFacts): string {
  const { recipe, step } = state
  const imports = new Imports()
  const text = (value: unknown, indent = ''): string => printed(value, imports, indent)
  const take = (...names: string[]): void => names.forEach((name) => void imports.take(TENSOR, name))
  take('crc32', 'gather', 'init', 'key', 'scope', 'tensor')
  imports.take('@facet/models', 'OnlineTrainer')
  imports.take('@facet/models', 'reconstructionError')
  const samples = samplesText(state, facts, imports)
  const model = text(modelCall(recipe, facts.width))
  const optimizer = text(optimizerCall(recipe))
  const terms = objectiveTerms[recipe.training.objective](recipe.training, facts)
  const objective = text(terms.length === 1 ? terms[0] : terms, '  ')
  const regions = regionsText(state, window, imports)
  return `${head(imports)}
// No fused multiplication: the same bits on every machine.
await init({ backend: 'wasm', relaxedSimd: false })

${samples}

const model = ${model}

const trainer = new OnlineTrainer(model, {
  optimizer: ${optimizer},
  objective: ${objective},
  seed: ${recipe.seed},
  start: train,
})

const count = train.shape[0]
const batches = key(${recipe.seed}).child(${streams.batch.map(quoted).join(', ')})
for (let step = 0; step < ${step}; step++) {
  const drawn = batches.child(step).integers(Math.min(${recipe.training.batch}, count), 0, count)
  const batch = scope(() => gather(train, tensor(drawn)))
  trainer.step(batch)
  batch.dispose()
}
trainer.release()

const weights = Float32Array.from(model.parameters.flatMap(({ value }) => [...value.dataSync()]))
const checksum = crc32(new Uint8Array(weights.buffer)).toString(16).padStart(8, '0')
console.log(\`step ${step}: weights \${checksum}\`)
${checksum === null ? '' : `console.log(checksum === ${quoted(checksum)} ? 'the same bits as in the page' : 'not the weights of the page')\n`}console.log(\`error of training \${reconstructionError(model, train)}, of validation \${reconstructionError(model, test)}\`)

${regions}
`
}

const head = (imports: Imports): string => `// A network of the Facet explorer, trained to the same weights.
//   npm install ${imports.modules
  .map((name) => name.replace(/^(@facet\/\w+)\/.*/, '$1'))
  .filter((name, i, all) => name.startsWith('@') && all.indexOf(name) === i)
  .join(' ')}
//   node program.mjs
${imports.text}
`

/** Makes `train` and `test`. */
function samplesText({ recipe }: State, facts: ProgramFacts['facts'], imports: Imports): string {
  const call = dataCall(recipe)
  if (call !== null) return `const { train, test } = ${printed(call, imports)}`
  const rows =
    recipe.data.set === 'drawn' ? drawnText(recipe.data.drawn) : fileText(recipe.data.file, facts, imports)
  return `${rows}

// One row in ${HELD_OUT} is held out.
const order = key(${recipe.seed}).child(${streams.heldOut.map(quoted).join(', ')}).permutation(all.shape[0])
const held = Math.max(1, Math.floor(order.length / ${HELD_OUT}))
const train = gather(all, tensor(order.slice(held).sort()))
const test = gather(all, tensor(order.slice(0, held).sort()))`
}

/** Numbers on a line of points. */
const PER_LINE = 16

function drawnText(drawn: readonly number[]): string {
  const lines = Array.from({ length: Math.ceil(drawn.length / PER_LINE) }, (_, i) =>
    drawn.slice(i * PER_LINE, (i + 1) * PER_LINE).join(', '),
  )
  return `// x, y, x, y, … in thousandths.
const drawn = [
${lines.map((line) => `  ${line},`).join('\n')}
]
const all = tensor(Float32Array.from(drawn, (value) => value / 1000), { shape: [drawn.length / 2, 2] })`
}

/** As `data/read-table.ts` reads it. */
function fileText(
  file: State['recipe']['data']['file'],
  { columns }: ProgramFacts['facts'],
  imports: Imports,
): string {
  imports.take('@facet/data', 'fitNormaliser')
  imports.take('@facet/data', 'normaliseRows')
  imports.take('@facet/data/node', 'parseSamples')
  const chosen = columns === null ? '' : `\n  columns: [${columns.map(quoted).join(', ')}],`
  return `// Rows without gaps, at most ${fileLimits.rows} drawn at random; every column is scaled to mean 0 and deviation 1.
const table = await parseSamples(${quoted(file?.name ?? 'samples.csv')}, {${chosen}
  missing: 'keep',
  dtype: 'float64',
  sample: { count: ${fileLimits.rows}, seed: 0 },
})
const { length } = table
const rows = Array.from({ length: table.count }, (_, i) => table.values.subarray(i * length, (i + 1) * length))
const complete = rows.filter((row) => !row.some(Number.isNaN))
const values = Float64Array.from(complete.flatMap((row) => [...row]))
const shape = [complete.length, length]
const scale = scope(() => fitNormaliser(tensor(values, { shape, dtype: 'float64' }), 'columns'))
const scaled = normaliseRows(scale, { values, count: complete.length, length }, new Float32Array(values.length))
const rowsChecksum = crc32(new Uint8Array(scaled.buffer)).toString(16).padStart(8, '0')
if (rowsChecksum !== ${quoted(file?.checksum ?? '')}) console.warn('These are not the rows of the page.')
const all = tensor(scaled, { shape })`
}

/** Counts regions. */
function regionsText({ view }: State, window: Frame | null, imports: Imports): string {
  imports.take('@facet/geometry', 'groupByRegion')
  imports.take('@facet/models', 'Network')
  const counted = `const whole = new Network([...model.encoder.layers, ...model.decoder.layers], 'autoencoder')
const { representatives } = groupByRegion(whole.regionCode(train))
console.log(\`\${representatives.length} regions with training samples\`)`
  if (window === null || view.part === 'decoder') return counted
  imports.take('@facet/geometry', 'planePartition')
  const { s, t } = window
  return `${counted}
const window = { s: [${s.join(', ')}], t: [${t.join(', ')}] }
const { regions } = planePartition(${view.part === 'encoder' ? 'model.encoder' : 'whole'}, { window })
console.log(\`\${regions} regions in the window of the page\`)`
}
