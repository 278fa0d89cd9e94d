import { setTexts } from '../controls/sets.ts'
import { escaped } from '../draw/escaped.ts'
import { addressOf } from '../state/address.ts'
import { printLayers } from '../state/layers-text.ts'
import { objectiveTexts } from '../state/objective-texts.ts'
import { columnOf } from '../views/curves-drawn.ts'
import { valueAt } from '../views/curves-plot.ts'
import { numberText } from '../views/number-text.ts'
import { summaryText } from '../views/summary-text.ts'
import type { PageShown } from './page-shown.ts'
import type { SavedPicture } from './pictures.ts'

/** The address that opens what a page shows. */
export const linkOf = ({ page, state, checksum }: Pick<PageShown, 'page' | 'state' | 'checksum'>): string =>
  page + addressOf(state, checksum)

type Fact = readonly [name: string, text: string]

/** What was computed, and what came out. */
function factsOf({ state, status, frame, checksum, curve }: PageShown): readonly Fact[] {
  const { data, model, training, seed } = state.recipe
  const width = status.facts?.width ?? null
  const { title, takes } = setTexts[data.set]
  const step = frame?.step ?? status.step
  const error = (column: 'loss' | 'validation'): Fact[] => {
    const value = valueAt(columnOf(curve, column), step)
    return value === null || Number.isNaN(value)
      ? []
      : [[column === 'loss' ? 'loss' : 'validation error', numberText(value)]]
  }
  const samples = status.facts
    ? `${status.facts.train.length / status.facts.width} of ${status.facts.width} numbers`
    : ''
  return [
    ['data', [data.file?.name ?? title, ...takes.map((name) => `${name} ${data[name]}`)].join(', ')],
    ['training samples', samples],
    ['network', printLayers(model, width)],
    [
      'activation',
      `${model.activation}${model.skip ? ', principal components beside it' : ''}${model.bias ? '' : ', no biases'}`,
    ],
    ['parameters', numberText(status.parameters)],
    [
      'objective',
      [
        objectiveTexts[training.objective].title,
        ...objectiveTexts[training.objective].takes.map((name) => `${name} ${training[name]}`),
      ].join(', '),
    ],
    ['training', `Adam, rate ${training.rate}, batches of ${training.batch}, seed ${seed}`],
    ['step', numberText(step)],
    ...(checksum === null || step !== state.step ? [] : [['weights', checksum] as const]),
    ...error('loss'),
    ...error('validation'),
  ]
}

const bytes = (text: string): string => {
  let binary = ''
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** A picture as an image of its own, so that no name in it can be taken for one in another, with a link to its state. */
const figure = ({ title, svg }: SavedPicture, link: string): string => `<figure>
<a href="${escaped(link)}"><img src="data:image/svg+xml;base64,${bytes(svg)}" alt="${escaped(title)}"></a>
<figcaption>${escaped(title)}. <a href="${escaped(link)}">Open it in the explorer</a></figcaption>
</figure>`

const style = `body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;color:#1a1d21;background:#fff}
h1{font-size:1.4rem}table{border-collapse:collapse}th,td{padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top;font-weight:400}th{color:#5a626c}
figure{margin:2rem 0}img{max-width:100%;height:auto;border:1px solid #d5d9df}figcaption{color:#5a626c;font-size:.9rem}
pre{overflow:auto;padding:1rem;background:#f5f6f8;font:13px/1.45 ui-monospace,monospace}a{color:#0b57c2}code{font:.95em ui-monospace,monospace}`

/**
 * What a page shows as one file of HTML that opens anywhere: state, words, pictures, curves and the program for Node. It needs no script and loads nothing;
 * its links open the state in the page that it was saved from.
 *
 * @param program `null` where there is none
 */
export function reportHtml(
  shown: PageShown,
  pictures: readonly SavedPicture[],
  program: string | null,
): string {
  const { state, status, frame, curve } = shown
  const link = linkOf(shown)
  const title = `Facet explorer: ${state.recipe.data.file?.name ?? setTexts[state.recipe.data.set].title}, step ${(frame?.step ?? state.step).toLocaleString('en-US')}`
  const words =
    frame === null
      ? ''
      : summaryText({
          frame,
          part: state.view.part,
          width: status.facts?.width ?? 1,
          validation: valueAt(columnOf(curve, 'validation'), frame.step),
        })
  const rows = factsOf(shown).map(
    ([name, text]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(text)}</td></tr>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped(words)}</p>
<p><a href="${escaped(link)}">Open this state in the explorer</a>: the same recipe, trained again to the same weights${
    state.recipe.data.set === 'file' ? ', once the file is chosen there' : ''
  }.</p>
<table>
${rows.join('\n')}
</table>
${pictures.map((picture) => figure(picture, link)).join('\n')}
${
  program === null
    ? ''
    : `<h2>The same in Node</h2>
<pre tabindex="0"><code>${escaped(program)}</code></pre>`
}
</body>
</html>
`
}
