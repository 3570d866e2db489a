import * as nodeFs from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createLinkedFiles } from '../../../electron/transfer/linked/linked-files.ts'
import { placedFileSystem } from '../../../electron/transfer/placed-file-system.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const never = () => Promise.reject(new Error('not asked for here'))

/** Linked files whose key for marks is there so many times, and how many folders are watched for them now. */
function linkedFiles(keysToGive: number) {
  let left = keysToGive
  let watched = 0
  const files = createLinkedFiles({
    fs: placedFileSystem,
    models: { list: () => [], secretOf: () => '', takeOver: never },
    gatewayBaseUrl: () => 'http://127.0.0.1:4141/v1',
    key: () => (left-- > 0 ? Promise.resolve(Buffer.alloc(32)) : Promise.reject(new Error('the disk is gone'))),
    list: { read: () => Promise.resolve([]), write: () => Promise.resolve() },
    earlier: { keep: never, list: never, find: never },
    watch: () => {
      watched += 1
      return () => void (watched -= 1)
    },
    homeFolder: '/home/nobody',
    delay: () => Promise.resolve(),
    clock: new FakeClock(),
    newId: () => 'one',
    isOpen: () => true,
    gate: () => {},
    audit: () => Promise.resolve(),
    onChange: () => {},
    reportBug: () => {},
  })
  return { files, watched: () => watched }
}

function aFile(): string {
  const path = join(nodeFs.realpathSync(temporaryFolder()), '.env')
  nodeFs.writeFileSync(path, `LLM_MODEL_CONFIGS='{"m": {"api_key": "k", "api_base": "https://api.example.com/v1"}}'\n`)
  return path
}

it('a file that is linked is watched until it is unlinked', async () => {
  const { files, watched } = linkedFiles(10)
  await files.add(aFile())
  expect(watched()).toBe(1)
  await files.remove('one')
  expect(watched()).toBe(0)
})

it('a file whose first comparison fails is not linked, and nothing goes on watching it', async () => {
  const { files, watched } = linkedFiles(1)
  await expect(files.add(aFile())).rejects.toThrow('the disk is gone')
  expect(watched()).toBe(0)
  expect(files.list()).toEqual([])
})
