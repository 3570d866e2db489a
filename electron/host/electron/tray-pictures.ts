import type { NativeImage } from 'electron'
import lockedColour from '../../packaging/tray/locked-colour-16.png?inline'
import lockedColourTwice from '../../packaging/tray/locked-colour-32.png?inline'
import lockedTemplate from '../../packaging/tray/locked-template-16.png?inline'
import lockedTemplateTwice from '../../packaging/tray/locked-template-32.png?inline'
import pausedColour from '../../packaging/tray/paused-colour-16.png?inline'
import pausedColourTwice from '../../packaging/tray/paused-colour-32.png?inline'
import pausedTemplate from '../../packaging/tray/paused-template-16.png?inline'
import pausedTemplateTwice from '../../packaging/tray/paused-template-32.png?inline'
import servingColour from '../../packaging/tray/serving-colour-16.png?inline'
import servingColourTwice from '../../packaging/tray/serving-colour-32.png?inline'
import servingTemplate from '../../packaging/tray/serving-template-16.png?inline'
import servingTemplateTwice from '../../packaging/tray/serving-template-32.png?inline'
import type { TrayPicture } from './tray.ts'

/** In both of their sizes, as the system wants them: macOS colours a template itself, panels of Linux scale a large one down. */
type Pair = readonly [once: string, twice: string]

const coloured: Record<TrayPicture, Pair> = {
  serving: [servingColour, servingColourTwice],
  paused: [pausedColour, pausedColourTwice],
  locked: [lockedColour, lockedColourTwice],
}
const templates: Record<TrayPicture, Pair> = {
  serving: [servingTemplate, servingTemplateTwice],
  paused: [pausedTemplate, pausedTemplateTwice],
  locked: [lockedTemplate, lockedTemplateTwice],
}

interface Images {
  createFromDataURL(address: string): NativeImage
}

export function trayPictures(images: Images, platform: NodeJS.Platform): Record<TrayPicture, NativeImage> {
  const pairs = platform === 'darwin' ? templates : coloured
  const picture = ([once, twice]: Pair) => {
    if (platform === 'linux') return images.createFromDataURL(twice)
    const image = images.createFromDataURL(once)
    image.addRepresentation({ scaleFactor: 2, dataURL: twice })
    if (platform === 'darwin') image.setTemplateImage(true)
    return image
  }
  return { serving: picture(pairs.serving), paused: picture(pairs.paused), locked: picture(pairs.locked) }
}
