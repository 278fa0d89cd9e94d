import type { OrbitRun } from './page-downloads.ts'
import { pictureRows } from './pictures/pictures.ts'
import { ratioDots } from './pictures/ratio-dots.ts'
import { sheetOf } from './pictures/sheet.ts'
import type { OrbitReport } from './render.ts'
import { modelsOf } from './shown-models.ts'

/**
 * The pictures of the page as SVG files that stand alone, by name: `rotation.svg`, `shift.svg`, `torus.svg` and
 * `torus-hole.svg`; of a case of which seed 0 failed there is none.
 */
export function orbitPictures(report: OrbitReport, runs: readonly OrbitRun[]): Record<string, string> {
  const sheets = report.settings.cases.flatMap((name) => {
    const models = modelsOf(name, runs)
    if (models.length === 0) return []
    const pictures = pictureRows[name](models)
    const files = [...new Set(pictures.map(({ file }) => file))]
    const dots = ratioDots(report.rows.filter((row) => row.case.orbit === name))
    return files.map((file, i) => {
      const own = pictures.filter((picture) => picture.file === file)
      const charts = own.flatMap(({ chart }) => chart ?? [])
      const sheet = sheetOf(
        own.filter(({ panels }) => panels.length > 0),
        i === files.length - 1 ? [...charts, dots] : charts,
      )
      return [`${file}.svg`, sheet]
    })
  })
  return Object.fromEntries(sheets)
}
