import { commandLine } from '../../fields/command-line.ts'
import type { Definition } from '../../fields/definition.ts'
import { codeBlock, folded } from '../../report/code.ts'
import { type Content, type Html, html } from '../../report/html.ts'
import { type SettingLine, settingsTable } from '../../report/settings-table.ts'
import { softwareText } from '../software.ts'
import type { Finished } from '../study.ts'

/** What a page tells of where its numbers come from. */
export interface SettingsTexts<S> {
  readonly definition: Definition<string, S>
  readonly settings: S
  readonly lines: readonly SettingLine[]
  readonly caption: string
  /** Who computed them. */
  readonly runs: readonly Pick<Finished, 'versions'>[]
  /** The experiment as the document that `facet run` takes. */
  readonly document: string
  /** How single numbers are computed again, after the command for all. */
  readonly single?: Content
}

/** Everything that the numbers depend on, and how they are computed again. */
export const settingsSection = <S>({
  definition,
  settings,
  lines,
  caption,
  runs,
  document,
  single = null,
}: SettingsTexts<S>): Html => html`${settingsTable(
  [...lines, ['software', `${softwareText(runs)}; one thread a run`]],
  caption,
)}
<h3>Computing any number again</h3>
<p>The same settings give the same numbers, bit for bit on the same machine, whatever the number of jobs at a time: <code>npx pnpm facet run experiment.yaml</code> with the document among the files of this page.</p>
<p>Or the command:</p>
${codeBlock(commandLine(definition, settings), { wrapped: true })}
${single}
${folded('experiment.yaml', codeBlock(document))}`
