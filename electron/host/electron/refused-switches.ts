/** A packaged application does not run under switches that open it to a debugger, to other code, or to other hosts. */
export const refusedSwitches: readonly string[] = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'inspect-wait',
  'inspect-port',
  'inspect-publish-uid',
  'js-flags',
  'load-extension',
  'disable-web-security',
  'ignore-certificate-errors',
  'host-rules',
  'host-resolver-rules',
  'unsafely-treat-insecure-origin-as-secure',
  'no-sandbox',
]

/** The first switch that is refused, or null. Chromium reads these before any code of ours, so all that is left is to end. */
export function refusedSwitch(commandLine: { hasSwitch(name: string): boolean }, isPackaged: boolean): string | null {
  if (!isPackaged) return null
  return refusedSwitches.find((name) => commandLine.hasSwitch(name)) ?? null
}
