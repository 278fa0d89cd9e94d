import type { ImageShape } from '@facet/data'
import { type Html, html } from './html.ts'
import { encodePng, pngUrl } from './png.ts'

/** Channel after channel, as samples are, to pixel after pixel, as a PNG is. */
function interleaved(sample: readonly number[], { width, height, channels }: ImageShape): number[] {
  const area = width * height
  return sample.map((_, i) => sample[(i % channels) * area + Math.floor(i / channels)])
}

/** A sample of pixels, 0 to 1, as an image inside the page. */
export const pixelsHtml = (sample: readonly number[], shape: ImageShape, label: string): Html =>
  html`<img class="pixels" alt="${label}" width="${shape.width}" height="${shape.height}" src="${pngUrl(encodePng(interleaved(sample, shape), shape))}">`
