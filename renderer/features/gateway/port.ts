const lowestPort = 1024
const highestPort = 65_535

/** The port as it was typed, or null when no client could be given it. */
export function readPort(text: string): number | null {
  if (!/^\d{1,5}$/.test(text.trim())) return null
  const port = Number(text)
  return port >= lowestPort && port <= highestPort ? port : null
}

/** What is offered where a port is taken; a person takes it or not. */
export const nextPort = (port: number): number => (port >= highestPort ? lowestPort : port + 1)
