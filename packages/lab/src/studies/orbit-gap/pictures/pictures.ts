import type { Html } from '../../../report/html.ts'
import type { OrbitName } from '../cases.ts'
import { alongOrbit } from './along-orbit.ts'
import { curvePanels } from './curve-panels.ts'
import { holePanels } from './hole-panels.ts'
import type { SheetRow } from './sheet.ts'
import type { ShownModel } from './shown-model.ts'
import { surfacePanels } from './surface-panels.ts'

/** A row of pictures of one kind, one a model or one of all models. */
export interface PictureRow extends SheetRow {
  readonly title: string
  /** What is what in it. */
  readonly caption: string
  /** A chart of all models. */
  readonly chart?: Html
  /** The file that it goes into, without its ending. */
  readonly file: string
}

const curveCaption =
  'Seed 0; the number is its gap distance. Thin: the true orbit, seen along its two widest axes; shaded: the gap; dots: what training saw; thick: what was learned, the decoder’s curve over the code box and its margin.'

const along = (file: string, models: readonly ShownModel[]): PictureRow => ({
  file,
  title: 'Distance along the orbit',
  caption:
    'Seed 0, colours as above. How far each point of the true orbit is from the nearest point of each learned curve.',
  panels: [],
  chart: alongOrbit(models),
})

/** What is drawn of each case. */
export const pictureRows: Readonly<Record<OrbitName, (models: readonly ShownModel[]) => PictureRow[]>> = {
  rotation: (models) => [
    {
      file: 'rotation',
      title: 'Learned curve against true orbit',
      caption: curveCaption,
      panels: curvePanels(models, [0, 1]),
    },
    along('rotation', models),
  ],
  shift: (models) => [
    {
      file: 'shift',
      title: 'Learned curve against true orbit',
      caption: curveCaption,
      panels: curvePanels(models, [0, 1]),
    },
    {
      file: 'shift',
      title: 'The same along the third axis',
      caption:
        'The same curves with the third axis up, in which the second harmonic shows: it turns twice as fast.',
      panels: curvePanels(models, [0, 2]),
    },
    along('shift', models),
  ],
  torus: (models) => [
    {
      file: 'torus',
      title: 'Learned surface against the torus',
      caption:
        'Seed 0; the number is its gap distance. A patch of the torus seen from above its middle, as a dome. Thin: every third line of the true patch; wireframe: the decoder’s surface over the code box and its margin, coloured by its distance to the torus; large dots: what training saw; small dots: the hole.',
      panels: surfacePanels(models),
      ofDistances: true,
    },
    {
      file: 'torus-hole',
      title: 'Distance over the two parameters',
      caption:
        'Seed 0. How far the true point at each pair of parameters is from the learned surface. Dots: what training saw; the square is the hole.',
      panels: holePanels(models),
      ofDistances: true,
    },
  ],
}
