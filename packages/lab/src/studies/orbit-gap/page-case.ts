import { figure, legend, panels } from '../../report/figure.ts'
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
    sign: `<rect x="2" y="3" width="28" height="10" fill="${colour}"/>`,
    text,
  })),
)

/** Panels of all models; charts, which stand together below, are no row of their own. */
const rowHtml = ({ title, caption, panels: drawn, ofDistances }: PictureRow): string =>
  drawn.length === 0
    ? ''
    : `<h3>${title}</h3>${figure((ofDistances ? distanceSigns : '') + panels(drawn), caption)}`

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
    all.map(({ title, caption }) => `<strong>${title}.</strong> ${caption}`).join(' '),
  )
  return {
    id: name,
    title: caseTexts[name].title,
    html: [`<p>${caseTexts[name].what}</p>`, ...pictures.map(rowHtml), `<h3>In numbers</h3>${together}`].join(
      '\n',
    ),
  }
}
