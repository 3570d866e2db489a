/*
 * Runs in the page's isolated world, as Electron's sandboxed preload does: hands the preload the few modules that the
 * sandbox has (Electron's documentation: Process Sandboxing, Context Isolation, Message Ports), and carries messages
 * between it and the stand-in's main process through one DevTools binding. Evaluated as text, so it imports nothing.
 */
export default function startPreload(config, runPreload) {
  // Without nodeIntegrationInSubFrames, Electron runs a preload in main frames only.
  if (window.top !== window) return

  const binding = globalThis[config.binding]
  const toMain = (message) => binding(JSON.stringify(message))
  const listeners = new Map()
  const ports = new Map()

  function notImitated(what) {
    return new Error(`The Electron stand-in does not imitate ${what}.`)
  }

  function strict(name, imitation) {
    return new Proxy(imitation, {
      get(target, property) {
        if (property in target || typeof property === 'symbol') return target[property]
        throw notImitated(`${name}.${property}`)
      },
    })
  }

  /** Only what JSON carries unchanged crosses; Electron clones more, which nothing here uses. */
  function assertPlain(value) {
    if (value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value)) return value
    const prototype = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined
    if (prototype !== Object.prototype && prototype !== Array.prototype)
      throw notImitated('a message that is not plain data')
    Object.values(value).forEach(assertPlain)
    return value
  }

  function receivePort(id) {
    const { port1, port2 } = new MessageChannel()
    ports.set(id, port1)
    port1.addEventListener('message', (event) => toMain({ kind: 'port', id, data: assertPlain(event.data) }))
    port1.addEventListener('close', () => {
      if (ports.delete(id)) toMain({ kind: 'port-closed', id })
    })
    port1.start()
    return port2
  }

  const receive = {
    message({ channel, message, portIds }) {
      const event = strict('IpcRendererEvent', { ports: portIds.map(receivePort) })
      for (const listener of listeners.get(channel) ?? []) listener(event, message)
    },
    port: ({ id, data }) => ports.get(id)?.postMessage(data),
    'port-closed': ({ id }) => {
      const port = ports.get(id)
      ports.delete(id)
      port?.close()
    },
  }
  globalThis[config.deliver] = (message) => receive[message.kind](message)

  const ipcRenderer = strict('ipcRenderer', {
    send: (channel, ...args) => toMain({ kind: 'send', channel, args: args.map(assertPlain) }),
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
  })

  const exposed = new Set()
  const contextBridge = strict('contextBridge', {
    exposeInMainWorld(key, api) {
      if (exposed.has(key))
        throw new Error(`Cannot bind an API on top of an existing property on the window object: ${key}`)
      exposed.add(key)
      const detail = JSON.stringify({ key, api: assertPlain(api) })
      document.dispatchEvent(new CustomEvent(config.exposeEvent, { detail }))
    },
  })

  const sandboxModules = ['electron', 'events', 'timers', 'url']
  function require(request) {
    const name = request.replace(/^node:/, '')
    if (!sandboxModules.includes(name)) throw new Error(`module not found: ${request}`)
    if (name !== 'electron') throw notImitated(`require('${request}') in a preload`)
    return strict("require('electron')", { contextBridge, ipcRenderer })
  }

  try {
    const module = { exports: {} }
    runPreload(require, module, module.exports)
  } catch (error) {
    toMain({ kind: 'preload-error', message: String(error) })
  }
}
