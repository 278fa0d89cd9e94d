import { attributes, type Html, html } from './html.ts'

/** A command or a document to copy. @param wrapped whether long lines go on in the next one */
export const codeBlock = (text: string, { wrapped = false } = {}): Html =>
  html`<pre${attributes({ class: wrapped ? 'wrapped' : null })}><code>${text}</code></pre>`

/** Something long behind a line to click on. */
export const folded = (title: string, content: Html | readonly Html[]): Html =>
  html`<details><summary>${title}</summary>${content}</details>`
