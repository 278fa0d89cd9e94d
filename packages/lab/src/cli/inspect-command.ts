import { type Command, Option } from 'commander'
import { text } from '../fields/fields.ts'
import { asText } from '../fields/read-text.ts'
import { openBareModel } from '../model/bare-model.ts'
import { inspectBareModel, inspectModel } from '../model/inspect.ts'
import { type ReadingOptions, samplesFor } from '../model/new-samples.ts'
import { openModel } from '../model/open-model.ts'
import { renderBareInspection, renderInspection } from '../model/render-inspection.ts'
import { type Colours, coloursOf } from '../text/colours.ts'
import { type CommandIo, columnsOf } from './command-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { modelArgument } from './model-arguments.ts'
import { readingOptions } from './reading-options.ts'
import { settingOption } from './setting-option.ts'

interface Flags extends ReadingOptions {
  readonly data?: string
  readonly json: boolean
}

const examples = `
Examples:
  $ facet inspect model
  $ facet inspect model/model.safetensors
  $ facet inspect model --data new.csv
  $ facet inspect model --json | jq .seen.regions`

/** Adds `facet inspect MODEL`. */
export function addInspectCommand(program: Command, io: CommandIo, end: (code: ExitCode) => void): void {
  const command = program
    .command('inspect')
    .summary('what a model is made of and what became of it')
    .description(
      'Shows the columns that a model was trained on, its layers and live units, the regions that its rows lie in, its errors beside PCA and the mean, its generators and its training.',
    )
    .argument('<model>', modelArgument)
    .addOption(
      settingOption('--data <file>', 'count units and regions on these rows', text('a path'), asText),
    )
  for (const option of readingOptions()) command.addOption(option)
  command
    .addOption(new Option('--json', 'all of it as one line of JSON').default(false))
    .addHelpText('after', examples)
    .action(async (model: string, { data, json, ...reading }: Flags) => {
      const show = <T>(inspection: T, render: (it: T, columns: number, colours: Colours) => string) => {
        const shown = json
          ? JSON.stringify(inspection)
          : render(inspection, columnsOf(io.stdout), coloursOf(io.stdout))
        io.stdout.write(`${shown}\n`)
        end(exitCode.ok)
      }
      // How rows are prepared for a bare model nobody knows: with rows it is refused as everywhere.
      const bare = data === undefined ? await openBareModel(model) : null
      if (bare !== null) return show(inspectBareModel(bare), renderBareInspection)
      const folder = await openModel(model)
      const samples = data === undefined ? null : await samplesFor(folder, data, reading)
      show(await inspectModel(folder, samples), renderInspection)
    })
}
