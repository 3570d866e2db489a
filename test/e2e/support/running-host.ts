import type { Page } from '@playwright/test'
import type { StandIn } from '../../support/electron-stand-in/start.ts'

/** The built application, running in one of its hosts, with the page that a person would see. */
export interface RunningHost {
  readonly page: Page
  /** What is around the page, where a test can see and touch it: in the stand-in. */
  readonly desktop?: StandIn
  /** What went wrong in main or page and no test can have caused on purpose: it fails the test. */
  complaints(): readonly string[]
  /** Quits as a person does; resolves when the process has ended. */
  quit(): Promise<void>
  /** Ends the process as a crash or a power cut does. */
  kill(): Promise<void>
}

export interface HostStart {
  /** The repository, in which dist/ lies. */
  root: string
  env: NodeJS.ProcessEnv
  language: 'en' | 'zh-CN'
  theme: 'light' | 'dark'
  size: { width: number; height: number }
}

/** Standard error, without what Node says about itself. */
export function complaintsIn(stderr: string): string[] {
  const aboutNode = /^\(node:\d+\) ExperimentalWarning|^\(Use `node --trace-warnings/
  return stderr.split('\n').filter((line) => line.trim() !== '' && !aboutNode.test(line))
}
