import { counted } from '../text/number.ts'
import { type Html, html } from './html.ts'

/** What went wrong, a line each; `null` where nothing did. */
export const failureList = (failures: readonly string[]): Html | null =>
  failures.length === 0
    ? null
    : html`<h3>${counted(failures.length, 'failure')}</h3><ul>${failures.map((text) => html`<li>${text}</li>`)}</ul>`
