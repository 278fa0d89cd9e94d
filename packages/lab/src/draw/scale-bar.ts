import { type ColourScale, colourSteps, faint, ink } from './colours.ts'
import { type Drawn, element, text } from './svg.ts'

const barHeight = 10

/** Three digits, as short as they are. */
export const label = (value: number): string =>
  String(Number(value.toPrecision(3)))
    .replace('e+', 'e')
    .replaceAll('-', '−')

/** The colours of a scale with its ends and its middle. */
export function scaleBar(scale: ColourScale, title: string, width: number): Drawn {
  const room = 14
  const step = width / colourSteps
  const rects = Array.from({ length: colourSteps }, (_, k) =>
    element('rect', {
      x: k * step,
      y: room + 4,
      width: step + 0.3,
      height: barHeight,
      fill: scale.colour(k),
    }),
  )
  const at = [scale.low, (scale.low + scale.high) / 2, scale.high]
  const anchors = ['start', 'middle', 'end']
  const ticks = at.map((value, i) =>
    text((i * width) / 2, room + barHeight + 18, label(value), {
      'text-anchor': anchors[i],
      'font-size': 11,
      fill: faint,
    }),
  )
  return {
    svg: [text(0, 11, title, { 'font-size': 12, fill: ink }), ...rects, ...ticks].join(''),
    width,
    height: room + barHeight + 22,
  }
}
