import type { PlaygroundState } from './playground-store.ts'

export const hasChangedSettings = ({ system, parameters, extra }: PlaygroundState): boolean =>
  system !== '' || extra.trim() !== '' || Object.keys(parameters).length > 0
