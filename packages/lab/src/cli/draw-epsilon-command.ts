import { Autoencoder } from '@facet/models'
import type { Tensor } from '@facet/tensor'
import type { Command } from 'commander'
import { drawEpsilons } from '../draw/epsilon-maps.ts'
import { startEngine } from '../engine.ts'
import { UsageError } from '../errors.ts'
import { oneOf, wholeNumber } from '../fields/fields.ts'
import { asNumber, asText } from '../fields/read-text.ts'
import type { ModelFolder } from '../model/open-model-folder.ts'
import { openNetwork } from '../network-file/open-network.ts'
import { isRandomNetwork, randomAutoencoder } from '../network-file/random-network.ts'
import { pairEpsilons, relationNames } from '../regions/pair-epsilons.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import {
  addPictureOptions,
  type PictureFlags,
  pictureHelp,
  provenanceOf,
  writePicture,
} from './picture-options.ts'
import { settingOption } from './setting-option.ts'

interface Flags extends PictureFlags {
  readonly pairs: number
  readonly objective?: string
  readonly seed: number
}

const examples = `
A model is a folder of facet train; a model file (.safetensors); or an
autoencoder with random numbers, random:8-16-2, whose decoder has the widths of
its encoder backwards.
${pictureHelp}

ε are the group coordinates that carry one point of a pair, or its tangents, to
the other, in closed form. |ε| shrinks as its generator grows, so beside it
stands |ε| ‖G‖. A folder has the generators that were learned; any other model
gets random ones.

Examples:
  $ facet draw epsilon model --out fig5.svg
  $ facet draw epsilon random:8-16-2,seed=1 --pairs 24 --out random.png`

/** Adds `facet draw epsilon`. */
export function addEpsilonPicture(draw: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const summary = 'heat maps of the group coordinates |ε| of pairs'
  const command = draw
    .command('epsilon')
    .summary(summary)
    .description(`Draws ${summary}, and |ε| ‖G‖ beside them.`)
    .argument('<model>', 'folder of facet train, model file, or random:8-16-2')
    .addOption(settingOption('--pairs <n>', 'of neighbouring points', wholeNumber(1), asNumber).default(16))
    .addOption(
      settingOption(
        '--objective <name>',
        `${relationNames.join(' or ')} (default: those of the folder, or the first)`,
        oneOf(relationNames),
        asText,
      ),
    )
    .addOption(settingOption('--seed <n>', 'of the pairs', wholeNumber(0), asNumber).default(0))
  addPictureOptions(command)
    .addHelpText('after', examples)
    .action(async (source: string, flags: Flags) => {
      const { pairs, seed } = flags
      const { model, generators, folder } = await openGenerators(source, flags.objective)
      const epsilons = Object.entries(generators).map(([name, matrices]) =>
        pairEpsilons(name, model, matrices, { seed, pairs }),
      )
      const isLearned = Object.values(generators).some((matrices) => matrices !== null)
      const svg = drawEpsilons({
        epsilons,
        caption: `Group coordinates of ${pairs} pairs of neighbouring points of ${source}, ${isLearned ? 'learned' : 'random'} generators: |ε|, and |ε| times the norm of its generator. Each map has a scale of its own, from 0 to its largest value.`,
        provenance: provenanceOf(command, [{ source, folder }], seed),
      })
      await writePicture(io, svg, flags, { pairs, objectives: Object.keys(generators), isLearned })
      end(exitCode.ok)
    })
}

interface Generators {
  readonly model: Autoencoder
  readonly folder: ModelFolder | null
  /** By the objective that they belong to; `null` for random ones. */
  readonly generators: Readonly<Record<string, Tensor | null>>
}

async function openGenerators(source: string, objective: string | undefined): Promise<Generators> {
  const random = { [objective ?? relationNames[0]]: null }
  if (isRandomNetwork(source)) {
    await startEngine()
    return { model: randomAutoencoder(source), folder: null, generators: random }
  }
  const { networks, folder } = await openNetwork(source)
  const [encoder, decoder] = networks
  if (decoder === undefined) throw new UsageError(`${source}: expected an autoencoder, got one network`)
  if (folder === null) return { model: new Autoencoder(encoder, decoder), folder, generators: random }
  const learned = Object.entries(folder.generators()).filter(
    ([name]) => relationNames.includes(name) && (objective === undefined || name === objective),
  )
  if (learned.length > 0) return { model: folder.model, folder, generators: Object.fromEntries(learned) }
  throw new UsageError(
    `${source}: expected a model with generators of ${objective ?? relationNames.join(' or ')}, got none`,
  )
}
