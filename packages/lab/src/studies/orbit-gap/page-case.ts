import { figure, panels, underName } from '../../report/figure.ts'
import { type Html, html } from '../../report/html.ts'
import { legend } from '../../report/legend.ts'
import type { Section } from '../../report/page.ts'
import { caseTexts } from './case-texts.ts'
import type { OrbitName } from './cases.ts'
import { distanceLegend } from './pictures/distance-colours.ts'
import { type PictureRow, pictureRows } from './pictures/pictures.ts'
import { ratioDots } from './pictures/ratio-dots.ts'
import type { ShownModel } from './pictures/shown-model.ts'
import type { OrbitRow } from './summarise.ts'

const distanceSigns = legend(
  distanceLegend.map(({ colour, text }) => ({
    sign: { shape: 'field', colour },
    text,
  })),
)

/** Panels of all models; charts, which stand together below, are no row of their own. */
const rowHtml = ({ title, caption, panels: drawn, ofDistances }: PictureRow): Html | null =>
  drawn.length === 0
    ? null
    : underName(title, figure([ofDistances ? distanceSigns : null, panels(drawn)], caption))

const dotsCaption =
  'Each seed is a dot: the gap distance of the regularized model divided by that of the plain autoencoder of the same seed. Left of the solid line the regularizer helps, left of the dashed one it halves the distance; bars are medians.'

/** One case: what it is, what one seed's models look like, and how all seeds came out. */
export function caseSection(
  name: OrbitName,
  models: readonly ShownModel[],
  rows: readonly OrbitRow[],
): Section {
  const pictures = models.length === 0 ? [] : pictureRows[name](models)
  const charts = pictures.flatMap(({ title, caption, chart }) =>
    chart ? [{ title, caption, svg: chart }] : [],
  )
  const all = [...charts, { title: 'All seeds', caption: dotsCaption, svg: ratioDots(rows) }]
  const together = figure(
    panels(all, 3, 19),
    all.map(({ title, caption }) => html`<strong>${title}.</strong> ${caption} `),
  )
  return {
    id: name,
    title: caseTexts[name].title,
    html: html`<p>${caseTexts[name].what}</p>
${pictures.map(rowHtml)}
${underName('In numbers', together)}`,
  }
}
