import type { Autoencoder, Layer, Network } from '@facet/models'
import type { Activation } from '@facet/tensor'
import type { ResultFolder } from '../folder/result-folder.ts'
import { markdown } from '../text/markdown.ts'
import { counted, fourDigits } from '../text/number.ts'
import { markdownTable } from '../text/plain-table.ts'
import { columnName } from './features.ts'
import { fileNames } from './files.ts'
import type { ModelConfig } from './model-schema.ts'

/** The first line, by which a file is ours: another one of that name is left alone. */
const mark = '<!-- Written by facet train. -->'

const isOurs = (folder: ResultFolder): boolean =>
  !folder.has(fileNames.readme) ||
  new TextDecoder().decode(folder.readBytes(fileNames.readme)).startsWith(mark)

/** Writes the text for people, unless somebody else's has its name. */
export function writeReadme(folder: ResultFolder, config: ModelConfig, model: Autoencoder): void {
  if (isOurs(folder)) folder.write(fileNames.readme, readmeOf(config, model))
}

/** Removes that of the model before. */
export function removeReadme(folder: ResultFolder): void {
  if (isOurs(folder)) folder.remove(fileNames.readme)
}

/** What is in a model folder, and how to use it without Facet: Markdown. */
export function readmeOf(config: ModelConfig, model: Autoencoder): string {
  const parts = [
    mark,
    heading(config),
    files(config),
    input(config),
    normalisation(config),
    network(model),
    alarms(config),
    '## In NumPy',
    code('python', program('numpy', config, model)),
    '## In PyTorch',
    code('python', program('torch', config, model)),
    commands(),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

const code = (language: string, lines: readonly string[]): string =>
  [`\`\`\`${language}`, ...lines, '```'].join('\n')

function heading({ data, facet, result, settings }: ModelConfig): string {
  const { errors } = result
  const held = errors.validation === null ? '' : `, ${fourDigits(errors.validation)} on those held out`
  const what = settings.window === null ? 'row' : 'window'
  return `# A model of ${markdown(data.name)}

An autoencoder, trained by Facet ${facet} on ${counted(data.trainRows, what)}: ${data.inputs ?? data.columns} numbers go in, ${settings.bottleneck} are kept, and as many come out as went in.
The mean squared error is ${fourDigits(errors.train)} on the ${what}s trained on${held}, in the units of the model.`
}

const filesOf: Readonly<Record<string, string>> = {
  [fileNames.weights]:
    'the model, whole: weights, architecture, how rows are prepared, and the errors of held-out rows. It can be moved, renamed and given to others alone',
  [fileNames.config]: 'the same but for the weights as JSON, with checksums of the other files',
  [fileNames.log]: 'the errors of each epoch, a line of JSON each',
  [fileNames.regions]: 'where the training rows lie in the partition, for the rarity of new rows',
  [fileNames.generators]: 'the generators that were learned',
}

function files({ files }: ModelConfig): string {
  const names = [fileNames.weights, fileNames.config, ...Object.keys(files)]
  const rows = [...new Set(names)].map((name) => [name, filesOf[name] ?? ''])
  return `## Files\n\n${markdownTable({ head: ['file', 'what it is'], rows, left: [0, 1] })}`
}

/** Columns that are listed. */
const mostColumns = 200

function input({ data, preparation, settings }: ModelConfig): string {
  const { columns, inputs = columns, features = [], image } = data
  const { window, missing, lengths, normaliser } = preparation
  const perColumn = window === null && normaliser.kind === 'columns' ? normaliser : null
  const rows = features
    .slice(0, mostColumns)
    .map(({ low, high }, j) => [
      String(j + 1),
      columnName(data, j),
      fourDigits(low),
      fourDigits(high),
      ...(perColumn ? [fourDigits(perColumn.means[j]), fourDigits(perColumn.deviations[j])] : []),
      ...('fill' in missing ? [fourDigits(missing.fill[j])] : []),
    ])
  const head = [
    '',
    'column',
    'smallest',
    'largest',
    ...(perColumn ? ['mean', 'deviation'] : []),
    ...('fill' in missing ? ['where missing'] : []),
  ]
  const more = features.length > rows.length ? `\n\n… and ${features.length - rows.length} more.` : ''
  const said = [
    image === null
      ? ''
      : `Each row is an image of ${image.height} × ${image.width} × ${image.channels} numbers.`,
    window === null
      ? ''
      : `The model is given windows: ${window.length} rows of ${counted(columns, 'column')} in the order of time, one every ${counted(window.stride, 'row')}, written row after row as ${inputs} numbers.`,
    lengths.rule === 'refuse' ? '' : lengthText(lengths),
    missing.rule === 'refuse' ? '' : missingText[missing.rule],
    settings.data.where === null
      ? ''
      : `Only rows were used with ${settings.data.where.map(({ column, is, value }) => markdown(`${column} ${is} ${value}`)).join(' and ')}.`,
  ].filter((line) => line !== '')
  const table = rows.length === 0 ? '' : `${markdownTable({ head, rows, left: [1] })}${more}`
  return [
    '## What goes in',
    ...(said.length === 0 ? [] : [said.join('\n')]),
    ...(table === '' ? [`${inputs} numbers a row.`] : [table]),
  ].join('\n\n')
}

const missingText = {
  drop: 'A row with a missing value is left out.',
  mean: 'A missing value is filled in with the mean of its column in the training part.',
  median: 'A missing value is filled in with the median of its column in the training part.',
  interpolate:
    'A missing value is filled in along a straight line between its neighbours in time; at the ends with the nearest value.',
} as const

const lengthText = (lengths: { readonly rule: 'pad' | 'cut' | 'stretch'; readonly length: number }): string =>
  ({
    pad: `A shorter series is filled up to ${lengths.length} numbers with its mean.`,
    cut: `A longer series is cut to ${lengths.length} numbers.`,
    stretch: `A series of another length is brought to ${lengths.length} numbers by linear interpolation.`,
  })[lengths.rule]

function normalisation({ preparation: { normaliser } }: ModelConfig): string {
  return `## The units of the model

${normaliserText[normaliser.kind]} A reconstruction y is brought back by x = y · s + m.
The error of a row is the mean of (h − y)² over its numbers, in the units of the model.`
}

const normaliserText = {
  none: 'The model is given h = x: m = 0 and s = 1.',
  series:
    'The model is given h = (x − m) / s. m is the mean of the row itself, s its standard deviation (divisor n − 1).',
  columns:
    'The model is given h = (x − m) / s, column by column. m is the mean of the column in the training part, s its standard deviation (divisor n − 1; 1 where the column does not vary).',
  range:
    'The model is given h = (x − m) / s. m is the smallest number of the training part, s the largest minus the smallest.',
} as const

/** What an activation makes of a. */
const formulas: Readonly<Record<Activation['name'], (alpha: number) => string>> = {
  identity: () => 'identity(a) = a',
  relu: () => 'relu(a) = a where a > 0, else 0',
  leakyRelu: (alpha) => `leakyRelu(a) = a where a > 0, else ${alpha} · a`,
  abs: () => 'abs(a) = a where a > 0, else −a',
}

/** Every layer, also those inside of others, with its place in the file. */
const placesOf = (
  name: string,
  layers: readonly Layer[],
): { readonly place: string; readonly layer: Layer }[] =>
  layers.flatMap((layer, l) => {
    const place = `${name}.${l}`
    return [{ place, layer }, ...placesOf(place, layer.inside)]
  })

const activationOf = (layer: Layer): Activation | null =>
  'activation' in layer ? (layer.activation as Activation) : null

function network({ encoder, decoder }: Autoencoder): string {
  const all = [...placesOf('encoder', encoder.layers), ...placesOf('decoder', decoder.layers)]
  const rows = all.map(({ place, layer }) => [
    place,
    layer.kind,
    `${layer.inputs.join('×')} → ${layer.outputs.join('×')}`,
    activationOf(layer)?.name ?? '',
  ])
  const used = new Map(
    all.flatMap(({ layer }) => {
      const activation = activationOf(layer)
      return activation === null ? [] : [[`${activation.name} ${activation.alpha}`, activation] as const]
    }),
  )
  const told = [...used.values()].map(({ name, alpha }) => `- ${formulas[name](alpha)}`)
  return `## The network

A dense layer makes φ(x Wᵀ + b) of its input x: W is \`<layer>.weight\` [out, in], b is \`<layer>.bias\`, φ its activation:

${told.join('\n')}

${markdownTable({ head: ['layer', 'kind', 'size', 'activation'], rows, left: [0, 1, 3] })}`
}

function alarms({ result: { alarm } }: ModelConfig): string {
  if (alarm === undefined) return ''
  const { alpha, threshold, calibrating, fenced, kind } = alarm
  const beyond = fenced === 0 ? '' : `, ${fenced} more lie beyond a robust fence`
  const how =
    kind === 'conformal'
      ? `at most ${100 * alpha} % of rows like those held out have a larger one`
      : `fewer held-out rows than 1/α say it by median and spread of the logarithms of their errors`
  return `## Alarms

An error above ${fourDigits(threshold)} is an alarm (α = ${alpha}): ${how}. ${counted(calibrating, 'held-out row')} calibrate it${beyond}.
The p-value of an error e is (1 + held-out errors ≥ e) / (1 + held-out rows); the errors are the tensor \`facet.calibration\`.`
}

function commands(): string {
  return `## With Facet

\`.\` is this folder; \`model.safetensors\` in its place does as well.

${code('sh', ['facet inspect .', 'facet score . new.csv', 'facet encode . new.csv', 'facet reconstruct . new.csv'])}`
}

type Library = 'numpy' | 'torch'

/** How a library reads the file into `w`, the tensors, and `n`, the normaliser. */
const opening: Readonly<Record<Library, readonly string[]>> = {
  numpy: [
    'import json',
    'import numpy as np',
    '',
    `raw = open("${fileNames.weights}", "rb").read()`,
    'start = 8 + int.from_bytes(raw[:8], "little")',
    'head = json.loads(raw[8:start])',
    'info = head.pop("__metadata__")',
    'kinds = {"F32": "<f4", "F64": "<f8"}',
    'w = {k: np.frombuffer(raw, kinds[t["dtype"]], int(np.prod(t["shape"])), start + t["data_offsets"][0])',
    '     .reshape(t["shape"]) for k, t in head.items()}',
    'n = json.loads(info["facet.preparation"])["normaliser"]',
  ],
  torch: [
    'import json',
    'import torch',
    'from safetensors import safe_open',
    '',
    `with safe_open("${fileNames.weights}", framework="pt") as f:`,
    '    w = {k: f.get_tensor(k) for k in f.keys()}',
    '    n = json.loads(f.metadata()["facet.preparation"])["normaliser"]',
  ],
}

/** m and s. */
const shifts: Readonly<
  Record<ModelConfig['preparation']['normaliser']['kind'], Readonly<Record<Library, string>>>
> = {
  none: { numpy: 'm, s = 0, 1', torch: 'm, s = 0, 1' },
  series: {
    numpy: 'm, s = x.mean(1, keepdims=True), x.std(1, ddof=1, keepdims=True)',
    torch: 'm, s = x.mean(1, keepdim=True), x.std(1, keepdim=True)',
  },
  columns: {
    numpy: 'm, s = np.array(n["means"]), np.array(n["deviations"])',
    torch: 'm, s = torch.tensor(n["means"]).double(), torch.tensor(n["deviations"]).double()',
  },
  range: { numpy: 'm, s = n["low"], n["high"] - n["low"]', torch: 'm, s = n["low"], n["high"] - n["low"]' },
}

/** The lines that reconstruct rows. */
function program(library: Library, { preparation }: ModelConfig, model: Autoencoder): string[] {
  const { encoder, decoder } = model
  const single = { numpy: '.astype(np.float32)', torch: '.float()' }[library]
  const double = { numpy: 'x = np.asarray(x, np.float64)', torch: 'x = torch.as_tensor(x).double()' }[library]
  const body = [
    `${double}  # [rows, ${model.input}]`,
    shifts[preparation.normaliser.kind][library],
    `h = ((x - m) / s)${single}`,
    ...linesOf(library, 'encoder', encoder.layers),
    `# h is now the code, [rows, ${model.bottleneck}]`,
    ...linesOf(library, 'decoder', decoder.layers),
    'return h * s + m',
  ]
  return [...opening[library], '', 'def reconstruct(x):', ...body.map((line) => `    ${line}`)]
}

/** What {@link Activation} does to h, after the affine map; `null` for nothing. */
const activations: Readonly<
  Record<Library, Readonly<Record<Activation['name'], (alpha: number) => string | null>>>
> = {
  numpy: {
    identity: () => null,
    relu: () => 'np.maximum(h, 0)',
    leakyRelu: (alpha) => `np.where(h > 0, h, ${alpha} * h)`,
    abs: () => 'np.abs(h)',
  },
  torch: {
    identity: () => null,
    relu: () => 'torch.relu(h)',
    leakyRelu: (alpha) => `torch.where(h > 0, h, ${alpha} * h)`,
    abs: () => 'torch.abs(h)',
  },
}

/** One line or two for a layer: the names are those of the tensors in the file. */
function linesOf(library: Library, name: Network['name'], layers: readonly Layer[], depth = 0): string[] {
  return layers.flatMap((layer, l) => {
    const at = `${name}.${l}`
    const { kind } = layer
    if (kind === 'shift') return [`h = h + w["${at}.value"]`]
    if (kind === 'residual') {
      const kept = `h${depth}`
      const skip = 'skip.weight' in layer.values ? `${kept} @ w["${at}.skip.weight"].T` : kept
      return [`${kept} = h`, ...linesOf(library, at, layer.inside, depth + 1), `h = h + ${skip}`]
    }
    if (kind !== 'dense') return [`raise NotImplementedError("${at}: ${kind}")`]
    const bias = 'bias' in layer.values ? ` + w["${at}.bias"]` : ''
    const { name: φ, alpha } = activationOf(layer)!
    const bent = activations[library][φ](alpha)
    return [`h = h @ w["${at}.weight"].T${bias}`, ...(bent === null ? [] : [`h = ${bent}`])]
  })
}
