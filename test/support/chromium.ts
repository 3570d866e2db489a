import process from 'node:process'

/** The Chromium that every test uses, and how it is started so that it asks nothing of the network by itself. */
export const chromiumPath = process.env['KEYWHEEL_CHROMIUM'] ?? '/usr/bin/chromium'

export const chromiumFlags: readonly string[] = [
  // Chromium's own sandbox does not run as root.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]
