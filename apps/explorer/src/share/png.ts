/** Pixels for a pixel of the picture: what is printed is looked at closely. */
const RATIO = 2

/**
 * An SVG as the bytes of a PNG, twice as large.
 *
 * @throws Error where the browser cannot draw it
 */
export async function pngOf(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = RATIO * image.naturalWidth
    canvas.height = RATIO * image.naturalHeight
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (png === null)
      throw new Error(`expected a picture of ${canvas.width} × ${canvas.height} pixels, got none`)
    return png
  } finally {
    URL.revokeObjectURL(address)
  }
}
