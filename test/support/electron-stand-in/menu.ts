import type { MenuItemConstructorOptions } from 'electron'
import { onCommand } from './command.ts'
import { report } from './report.ts'
import { notImitated, strict } from './strict.ts'

const roles = new Set([
  'about',
  'hide',
  'hideOthers',
  'unhide',
  'quit',
  'undo',
  'redo',
  'cut',
  'copy',
  'paste',
  'selectAll',
  'resetZoom',
  'zoomIn',
  'zoomOut',
  'togglefullscreen',
  'minimize',
  'close',
  'window',
])

/** Electron's documentation, Menu: items by role or by label; a test clicks the latter by their label. */
export class BuiltMenu {
  readonly #items: readonly MenuItemConstructorOptions[]

  constructor(items: readonly MenuItemConstructorOptions[]) {
    for (const { role, type, label, click, submenu, enabled } of items) {
      if (role !== undefined && !roles.has(role)) throw notImitated(`a menu item with the role ${role}`)
      const does = role !== undefined || click !== undefined || submenu !== undefined || enabled === false
      if (type !== 'separator' && !does) throw new Error(`The menu item ${label} does nothing`)
    }
    this.#items = items.flatMap((item) => (Array.isArray(item.submenu) ? [item, ...item.submenu] : [item]))
  }

  get labels(): string[] {
    return this.#items.flatMap(({ label, type, checked }) => {
      if (type === 'separator') return []
      return [checked === true ? `✓ ${label}` : (label ?? '')]
    })
  }

  get disabledLabels(): string[] {
    return this.#items.flatMap(({ label, enabled }) => (enabled === false && label !== undefined ? [label] : []))
  }

  click(label: string): void {
    const item = this.#items.find((one) => one.label === label)
    if (item === undefined || item.enabled === false) throw new Error(`There is nothing to click at ${label}`)
    ;(item.click as (() => void) | undefined)?.()
  }

  popup(): void {
    throw notImitated('a menu that pops up')
  }
}

export const Menu = strict('Menu', {
  buildFromTemplate: (template: readonly MenuItemConstructorOptions[]) => new BuiltMenu(template),
  setApplicationMenu(menu: BuiltMenu | null) {
    report({ event: 'menu', items: menu?.labels ?? [] })
    onCommand('menu', (label) => menu?.click(label))
  },
})
