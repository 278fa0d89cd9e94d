import type { Command } from 'commander'
import { engineNames } from '../engine.ts'
import { Interrupted } from '../errors.ts'
import { oneOf } from '../fields/fields.ts'
import { asText } from '../fields/read-text.ts'
import { mostBytes, readText } from '../network-file/read-whole.ts'
import { plain } from '../text/plain.ts'
import type { FloatType } from '../verify/tolerance.ts'
import { type Verification, type VerifyOptions, verify } from '../verify/verify.ts'
import type { CommandIo } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { settingOption } from './setting-option.ts'

const dtypes: readonly FloatType[] = ['float64', 'float32']

const examples = `
Prints one JSON line per file:
  {"file", "backend", "dtype", "pass",
   "quantities": {name: {"maxAbs", "maxRel"}}, "failed", "skipped"}

Files of kind "layers" hold a network of any layers: dense, conv2d, maxPool2d,
averagePool2d, maxout, flatten and residual, which may be nested. Output,
states, the local maps A and b, and the mean squares of output and A with their
gradients, states held, are compared; "meanSquaredOutput.grad.2.layers.0.W" is
the gradient of the W of the first layer inside the residual layers[2].

Files of kind "regions2d", "regionsnd" and "walk", and partitions without a kind,
are found in float64 with every sign decided, whatever --dtype and --backend say.
Counts, codes, walls and the states that change are compared exactly, the last
two as sets; lengths and areas to 1e-9, radii to 1e-7, crossings to 1e-10. A
centre need not be the one of the file, but as far from all walls.

An entry agrees when |got - want| <= tolerance * |want| + floor * (largest
entry of its quantity):
  float64  values 1e-10, gradients 1e-8, training trajectories 1e-7; floor 1e-13
           eps: 1e-10 of its largest entry; gradients under a ridge: floor 1e-11;
           bisected points: no floor
  float32  1e-4 for all; floor 1e-6: entries below a thousandth of the largest
           are checked more coarsely
Codes, states and booleans are compared exactly. A quantity that is not known, or
that a file of layers lacks, is off. "skipped" lists notes of the file's generator.

Examples:
  $ facet verify packages/lab/fixtures/golden/*.json
  $ facet verify --backend reference layers_mixed_4.json
  $ facet verify --dtype float32 01_relu_bias_linlatent.json | jq .failed`

async function verifyPath(path: string, options: VerifyOptions): Promise<Verification> {
  try {
    return await verify(path, readText(path, mostBytes.golden), options)
  } catch (error) {
    const { dtype = 'float64', backend = 'wasm' } = options
    const { message } = error as Error
    return {
      file: path,
      backend,
      dtype,
      pass: false,
      quantities: {},
      failed: [],
      skipped: [],
      error: message,
    }
  }
}

/** What went wrong with one file, for a person. */
function complaint({ file, error, failed, quantities }: Verification): string {
  const named = failed.slice(0, 5).map((name) => {
    const { problem } = quantities[name]
    return problem === undefined ? name : `${name} (${problem})`
  })
  const shown = named.join(', ')
  const more = failed.length > 5 ? `, and ${failed.length - 5} more` : ''
  return `facet verify: ${plain(`${file}: ${error ?? `${failed.length} off: ${shown}${more}`}`)}\n`
}

/** Adds `facet verify FILE…`. */
export function addVerifyCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  program
    .command('verify')
    .summary('recompute golden files and compare every number')
    .description(
      'Recomputes golden files (autoencoders, layers of any kind and their regions with `expect`, training runs with `trace`) through the public API and compares every number in them.',
    )
    .argument('<file...>', 'golden files')
    .addOption(
      settingOption('--dtype <name>', 'float64 or float32', oneOf(dtypes), asText).default(
        'float64',
        'float64',
      ),
    )
    .addOption(
      settingOption('--backend <name>', 'backend that computes', oneOf(engineNames), asText).default(
        'wasm',
        'wasm',
      ),
    )
    .addHelpText('after', examples)
    .action(async (files: string[], options: VerifyOptions) => {
      let allPass = true
      for (const file of files) {
        if (io.signal.aborted) throw new Interrupted()
        const result = await verifyPath(file, options)
        io.stdout.write(`${JSON.stringify(result)}\n`)
        if (!result.pass) io.stderr.write(complaint(result))
        allPass &&= result.pass
      }
      end(allPass ? exitCode.ok : exitCode.failed)
    })
}
