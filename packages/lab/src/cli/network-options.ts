import type { Network } from '@facet/models'
import { type Command, Option } from 'commander'
import * as z from 'zod'
import { UsageError } from '../errors.ts'
import { oneOf, wholeNumber } from '../fields/fields.ts'
import { asList, asNumber, asText } from '../fields/read-text.ts'
import { type OpenedNetwork, openNetwork } from '../network-file/open-network.ts'
import { type PartName, partNames, partOf } from '../network-file/part.ts'
import { checked, settingOption } from './setting-option.ts'

/** Which network a command is about, and which part of it. */
export interface NetworkFlags {
  readonly part?: PartName
  readonly layers?: readonly [number, number]
}

/** Where networks come from, for the help of every command that reads one. */
export const networkHelp = `
A network is a folder of facet train, finished or not; a model file
(.safetensors); JSON with "layers" as in the golden files (dense, conv2d,
maxPool2d, averagePool2d, maxout, flatten, residual); or a dense one with random
numbers, random:2-16-16-1[,no-bias][,relu|leakyRelu|abs][,seed=0], of images
random:1x8x8-c6-m-c6-3: convolutions (c) of 3 × 3, maxima (m) over 2 × 2.`

const twoNumbers = 'expected two numbers LO,HI, the lower first'

/** `LO,HI` */
export const intervalField = z
  .tuple([z.number(twoNumbers), z.number(twoNumbers)], twoNumbers)
  .refine(([lo, hi]) => lo < hi, twoNumbers)

export const numbersField = z.array(
  z.number('expected numbers such as 0.5,-1'),
  'expected numbers such as 0.5,-1',
)

export const numbersOption = (flags: string, description: string): Option =>
  settingOption(flags, description, numbersField, asList(asNumber))

export const intervalOption = (flags: string, description: string): Option =>
  settingOption(flags, description, intervalField, asList(asNumber))

const layerNumbers = 'expected two whole numbers FROM,TO'

/** `NET` and which part of it is looked at. */
export const addNetworkArgument = (command: Command, argument = '<network>'): Command =>
  command
    .argument(argument, 'folder of facet train, model file, JSON, or random:2-16-16-1')
    .addOption(
      settingOption(
        '--part <name>',
        `of an autoencoder: ${partNames.join(', ')} (default: whole)`,
        oneOf(partNames),
        asText,
      ),
    )
    .addOption(
      settingOption(
        '--layers <from,to>',
        'only layers FROM up to, but not with, TO, from 0',
        z.tuple([z.int(layerNumbers).min(0, layerNumbers), z.int(layerNumbers)], layerNumbers),
        asList(asNumber),
      ),
    )

/** A flag that names an output, the first one if it names none. */
export const outputOption = (flag: string, description: string): Option =>
  new Option(`${flag} [unit]`, `${description} (default: 0)`)
    .argParser((text) => checked(wholeNumber(0), asNumber(text)))
    .preset(0)

/** `--with-output`: cut by an output as well. */
export const levelOption = (): Option =>
  outputOption('--with-output', 'cut by the zero level set of this output as well')

/** `--limit`: a budget of regions. */
export const limitOption = (): Option =>
  settingOption(
    '--limit <n>',
    'end with so many regions and say that these are not all',
    wholeNumber(1),
    asNumber,
  )

/** What a command looks at. */
export interface ChosenNetwork {
  readonly network: Network
  readonly opened: OpenedNetwork
}

/** Opens the network of a command and takes its part. */
export async function chosenNetwork(source: string, flags: NetworkFlags): Promise<ChosenNetwork> {
  const { part, layers } = flags
  const opened = await openNetwork(source)
  return { opened, network: partOf(opened, { part, layers }) }
}

/** The level set of an output. @throws UsageError for an output that the network does not have. */
export function levelOf(
  { outputs }: Network,
  output: number | undefined,
  flag = '--with-output',
): { readonly output: number } | undefined {
  if (output === undefined) return undefined
  if (output < outputs) return { output }
  throw new UsageError(`${flag}: expected an output from 0 to ${outputs - 1}, got ${output}`)
}
