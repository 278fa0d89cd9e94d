import { type ModelName, models } from './models.ts'
import type { ReproduceSettings } from './settings.ts'

/** A word of a command as a POSIX shell takes it. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`

function candidateFlags({ models: names, candidates }: ReproduceSettings): string[] {
  return names.flatMap((name) => {
    const { tuned } = models[name]
    if (tuned === 'sigma') return ['--sigma', candidates[name].join(',')]
    return tuned === 'weight' ? ['--weight', `${name}=${candidates[name].join(',')}`] : []
  })
}

/** The command that computes all numbers of these settings again, every setting written out. */
export function commandLine(settings: ReproduceSettings): string {
  const { sets, models: names, runs, epochs, hidden, bottleneck, bottleneckActivation } = settings
  const { learningRate, batchSize, seed, data, samples } = settings
  const words = [
    ...['--sets', sets.join(',')],
    ...['--models', names.join(',')],
    ...['--runs', String(runs), '--epochs', String(epochs)],
    ...['--hidden', String(hidden), '--bottleneck', String(bottleneck)],
    ...['--bottleneck-activation', bottleneckActivation],
    ...['--learning-rate', String(learningRate), '--batch-size', String(batchSize)],
    ...candidateFlags(settings),
    ...['--seed', String(seed)],
    ...(data === null ? [] : ['--data', data]),
    ...(samples === null ? [] : ['--samples', String(samples)]),
  ]
  const lines = words.map((word) => (word.startsWith('--') ? ` \\\n  ${word}` : ` ${quoted(word)}`))
  return `npx pnpm facet reproduce${lines.join('')}`
}

/** The command for one cell of the table: its numbers do not depend on what else is run. */
export const cellCommandLine = (
  settings: ReproduceSettings,
  set: string,
  model: ModelName,
  chosen: number | null,
): string =>
  commandLine({
    ...settings,
    sets: [set],
    models: [model],
    candidates: chosen === null ? settings.candidates : { ...settings.candidates, [model]: [chosen] },
  })
