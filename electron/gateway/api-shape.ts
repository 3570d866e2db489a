/** Whose error objects and events a client of this path expects. */
export type ApiShape = 'openai' | 'anthropic'

export function apiShapeOf(path: string): ApiShape {
  return path === '/v1/messages' || path.startsWith('/v1/messages/') ? 'anthropic' : 'openai'
}
