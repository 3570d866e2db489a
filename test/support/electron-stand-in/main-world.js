/*
 * Runs in the page's own world before any script of the page: receives, as text through an event whose name no page
 * knows, what contextBridge exposes, and makes it the unchangeable property that Electron makes.
 */
export default function receiveBridge(config) {
  const freeze = (value) => {
    if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze)
    return value
  }
  document.addEventListener(config.exposeEvent, (event) => {
    event.stopImmediatePropagation()
    const { key, api } = JSON.parse(event.detail)
    Object.defineProperty(window, key, { value: freeze(api), enumerable: true })
  })
}
