/** `node electron/packaging/make-icons.ts`: draws every icon anew from `icon.svg`, and the tray's. They are kept in the repository. */
import { chromium } from '@playwright/test'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { icnsFile, icoFile, type Picture } from './icon-files.ts'
import { trayIcon, trayKinds, trayStates } from './tray-icon.ts'

const folder = import.meta.dirname
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
const traySizes = [16, 32]
const icoSizes = [16, 24, 32, 48, 64, 128, 256]

async function draw(svg: string, sizes: readonly number[]): Promise<Picture[]> {
  const browser = await chromium.launch({
    executablePath: process.env['KEYWHEEL_CHROMIUM'] ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  try {
    const page = await browser.newPage()
    const pictures: Picture[] = []
    for (const size of sizes) {
      await page.setViewportSize({ width: size, height: size })
      await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
      pictures.push({ size, png: await page.screenshot({ omitBackground: true }) })
    }
    return pictures
  } finally {
    await browser.close()
  }
}

const pictures = await draw(await readFile(join(folder, 'icon.svg'), 'utf8'), sizes)
await mkdir(join(folder, 'icons'), { recursive: true })
for (const { size, png } of pictures) await writeFile(join(folder, 'icons', `${size}x${size}.png`), png)
await writeFile(join(folder, 'icon.ico'), icoFile(pictures.filter(({ size }) => icoSizes.includes(size))))
await writeFile(join(folder, 'icon.icns'), icnsFile(pictures))

await mkdir(join(folder, 'tray'), { recursive: true })
for (const state of trayStates) {
  for (const kind of trayKinds) {
    for (const { size, png } of await draw(trayIcon(state, kind), traySizes)) {
      await writeFile(join(folder, 'tray', `${state}-${kind}-${size}.png`), png)
    }
  }
}
