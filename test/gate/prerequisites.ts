import { existsSync } from 'node:fs'
import { runCommand } from './run-command.ts'

/** What the tests use beside npm packages: each with the Debian package that brings it. */
interface Prerequisite {
  readonly package: string
  isThere(): Promise<boolean>
}

const succeeds = async (program: string, args: string[]) => (await runCommand(program, args)).exitCode === 0

export const prerequisites = (chromium: string): readonly Prerequisite[] => [
  { package: 'chromium', isThere: async () => existsSync(chromium) },
  {
    package: 'fonts-noto-cjk',
    async isThere() {
      const { exitCode, output } = await runCommand('fc-list', [':lang=zh-cn', 'family'])
      return exitCode === 0 && output.trim() !== ''
    },
  },
  { package: 'python3-dotenv', isThere: () => succeeds('/usr/bin/python3', ['-c', 'import dotenv']) },
]

export interface Installer {
  readonly isRoot: boolean
  readonly say: (line: string) => void
  readonly apt: (args: readonly string[]) => Promise<boolean>
}

/** Null when everything is there, at the end; else the one command that a person has to run. */
export async function providePrerequisites(
  wanted: readonly Prerequisite[],
  { isRoot, say, apt }: Installer,
): Promise<string | null> {
  const missing = await findMissing(wanted)
  if (missing.length === 0) return null
  if (isRoot) {
    say(`Installing ${missing.join(', ')} with apt-get.`)
    await apt(['update'])
    await apt(['install', '-y', '--no-install-recommends', ...missing])
  }
  const stillMissing = await findMissing(wanted)
  if (stillMissing.length === 0) return null
  return `The tests need ${stillMissing.join(', ')}. Run: sudo apt-get install -y ${stillMissing.join(' ')}`
}

async function findMissing(wanted: readonly Prerequisite[]): Promise<string[]> {
  const there = await Promise.all(wanted.map((each) => each.isThere()))
  return wanted.filter((_, index) => !there[index]).map((each) => each.package)
}

export async function aptGet(args: readonly string[]): Promise<boolean> {
  const result = await runCommand('apt-get', ['-q', ...args], { env: { DEBIAN_FRONTEND: 'noninteractive' } })
  return result.exitCode === 0
}
