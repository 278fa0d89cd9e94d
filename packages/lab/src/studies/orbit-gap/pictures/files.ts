import type { OrbitGapReport } from '../report.ts'
import { drawnPictures } from './pictures.ts'
import { sheetOf } from './sheet.ts'

/**
 * The pictures of the page as SVG files that stand alone, by name: `rotation.svg`, `shift.svg`, `torus.svg` and
 * `torus-hole.svg`; of a case of which seed 0 failed there is none.
 */
export const pictureFiles = (report: OrbitGapReport): Record<string, string> =>
  Object.fromEntries(
    report.settings.cases.flatMap((name) => {
      const drawn = drawnPictures(name, report)
      const rows = drawn.filter(({ panels }) => panels.length > 0)
      const charts = drawn.flatMap(({ chart }) => chart ?? [])
      const files = [...new Set(rows.map(({ file }) => file))]
      return files.map((file, i) => {
        const own = rows.filter((row) => row.file === file)
        return [`${file}.svg`, sheetOf(own, i === files.length - 1 ? charts : [])]
      })
    }),
  )
