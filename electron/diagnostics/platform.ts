import { release } from 'node:os'
import process from 'node:process'

/** What the application runs on; nothing of whose machine it is. */
export function platformFacts(): Record<string, string> {
  const { node, electron, chrome } = process.versions as Record<string, string | undefined>
  return {
    platform: `${process.platform} ${release()} ${process.arch}`,
    node: node ?? 'none',
    ...(electron === undefined ? {} : { electron, chrome: chrome ?? 'none' }),
  }
}
