import { figure, panels } from '../../report/figure.ts'
import { joined } from '../../report/findings.ts'
import { type Content, html } from '../../report/html.ts'
import { legend } from '../../report/legend.ts'
import type { Section } from '../../report/page.ts'
import type { OrbitName } from './cases.ts'
import { orbits } from './orbits.ts'
import { distanceLegend } from './pictures/distance-colours.ts'
import { type DrawnPicture, drawnPictures } from './pictures/pictures.ts'
import type { OrbitGapReport } from './report.ts'

const distanceSigns = legend(
  distanceLegend.map(({ colour, text }) => ({ sign: { shape: 'field', colour }, text })),
)

/** Panels of all models; charts, which stand together below, are no row of their own. */
const rowHtml = ({ title, caption, panels: drawn, ofDistances }: DrawnPicture): Content =>
  drawn.length === 0
    ? null
    : html`<h3>${title}</h3>${figure([ofDistances ? distanceSigns : null, panels(drawn)], caption)}\n`

/** One case: what it is, what one seed's models look like, and how all seeds came out. */
export function caseSection(name: OrbitName, report: OrbitGapReport): Section {
  const pictures = drawnPictures(name, report)
  const charts = pictures.flatMap(({ title, caption, chart }) =>
    chart ? [{ title, caption, svg: chart }] : [],
  )
  const captions = charts.map(({ title, caption }) => html`<strong>${title}.</strong> ${caption}`)
  return {
    id: name,
    title: orbits[name].title,
    html: html`<p>${orbits[name].what}</p>
${pictures.map(rowHtml)}<h3>In numbers</h3>${figure(panels(charts, 3, 19), joined(captions, ' '))}`,
  }
}
