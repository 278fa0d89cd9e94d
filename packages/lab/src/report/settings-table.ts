import { noBreak } from '../text/wrap.ts'
import { type Html, html } from './html.ts'
import { htmlTableOf } from './table.ts'

/** A subject and what is said of it. */
export type SettingLine = readonly [subject: string, text: string]

/** What numbers depend on, a row a subject. */
export const settingsTable = (lines: readonly SettingLine[], caption: string): Html =>
  htmlTableOf<SettingLine>({
    caption: html`${caption}`,
    label: 'Settings',
    columns: [
      { head: '', text: ([subject]) => subject },
      { head: 'setting', className: 'text', text: ([, text]) => text.replaceAll(noBreak, '\u00a0') },
    ],
    groups: [{ rows: lines }],
  })
