/** What the stand-in tells the test that started it: one line of JSON each on standard output. */
export type Report =
  | { event: 'listening'; address: string }
  | { event: 'page-error'; text: string }
  | { event: 'message-box'; message: string; detail: string }
  | { event: 'error-box'; title: string; content: string }
  | { event: 'open-external'; url: string }
  | { event: 'open-path'; path: string }
  | { event: 'notification'; title: string; body: string }
  | { event: 'tray'; lines: readonly string[]; items: readonly string[] }
  | { event: 'menu'; items: readonly string[] }
  | { event: 'window'; is: 'shown' | 'hidden' }
  | { event: 'theme'; source: string }
  | { event: 'clipboard'; formats: readonly string[] }

const prefix = 'electron-stand-in '

export function report(line: Report): void {
  process.stdout.write(`${prefix}${JSON.stringify(line)}\n`)
}

export function parseReport(line: string): Report | null {
  return line.startsWith(prefix) ? (JSON.parse(line.slice(prefix.length)) as Report) : null
}
