import { imageLimits } from './take-image.ts'

/** What the models look at: more is made smaller on their side. */
const longestSide = 2_048
const qualities = [0.9, 0.75, 0.5] as const

/** A smaller copy of an image; null when the browser cannot read it, or it stays too large. */
export async function shrunkImage(file: Blob): Promise<Blob | null> {
  try {
    const picture = await createImageBitmap(file)
    const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height))
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(picture.width * scale)),
      Math.max(1, Math.round(picture.height * scale)),
    )
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    for (const quality of qualities) {
      const copy = await canvas.convertToBlob({ type: 'image/webp', quality })
      if (copy.size <= imageLimits.bytes) return copy
    }
    return null
  } catch {
    return null
  }
}
