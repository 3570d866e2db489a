/** The views that exist, in the order of the rail. The address of a view is `#/<name>`, with an optional id after it. */
export const viewNames = ['dashboard', 'models', 'playground', 'activity', 'gateway', 'transfer', 'settings'] as const
export type ViewName = (typeof viewNames)[number]

/** The log's place behind the settings: `#/settings/log`. */
export const logPlace = 'log'

export interface Route {
  view: ViewName
  /** What follows the view's name, decoded; empty when there is nothing. */
  id: string
}

const isViewName = (name: string): name is ViewName => (viewNames as readonly string[]).includes(name)

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A hand-typed address with a stray % names no id.
    return ''
  }
}

export function parseRoute(hash: string): Route {
  const [name = '', id = ''] = hash.replace(/^#\/?/, '').split('/')
  return isViewName(name) ? { view: name, id: decoded(id) } : { view: 'dashboard', id: '' }
}

export const hrefOf = (view: ViewName, id = ''): string => `#/${view}${id === '' ? '' : `/${encodeURIComponent(id)}`}`
