import { EventEmitter } from 'node:events'
import type { NativeImage } from 'electron'
import { onCommand } from './command.ts'
import type { BuiltMenu } from './menu.ts'
import { report } from './report.ts'
import { notImitated, strict } from './strict.ts'

/** Electron's documentation, Tray: nothing is drawn; what would be is reported, and a test clicks what the menu offers. */
class StandInTray extends EventEmitter {
  #toolTip = ''

  constructor(_picture: NativeImage) {
    super()
    onCommand('tray', () => this.emit('click'))
  }

  setImage(_picture: NativeImage): void {}

  setToolTip(toolTip: string): void {
    this.#toolTip = toolTip
  }

  setContextMenu(menu: BuiltMenu): void {
    report({ event: 'tray', lines: this.#toolTip.split('\n'), items: menu.labels })
    onCommand('tray', (label) => (label === '' ? this.emit('click') : menu.click(label)))
  }
}

export class Tray extends StandInTray {
  constructor(picture: NativeImage) {
    super(picture)
    return strict('Tray', this)
  }
}

/** Electron's documentation, nativeImage: a picture is what it was made from. */
export const nativeImage = strict('nativeImage', {
  createFromDataURL(address: string) {
    if (!address.startsWith('data:image/png;base64,')) throw notImitated('a picture that is not a PNG')
    return strict('NativeImage', {
      addRepresentation(_options: { scaleFactor: number; dataURL: string }) {},
      setTemplateImage(_isTemplate: boolean) {},
    })
  },
})
