// A file that is led through the gateway gets a client of its own, which may use the models that the file names.
import type { ModelId } from '../../shared/identity.ts'
import { upstreamModelId } from '../dotenv/index.ts'
import type { FileGateway } from './dslighting-checks.ts'

export interface FileGatewayDeps {
  /** The model that the gateway answers for under a name. */
  readonly modelNamed: (name: string) => { id: ModelId } | undefined
  readonly clients: {
    named(name: string): unknown
    mint(input: {
      name: string
      allowedModels: ModelId[]
      requestsPerMinute: null
      tokensPerDay: null
    }): Promise<{ token: string }>
  }
  readonly baseUrl: () => string
}

export function createFileGateway({ modelNamed, clients, baseUrl }: FileGatewayDeps): FileGateway {
  // What DSLighting sends for an entry whose provider is the gateway's.
  const served = (name: string) => modelNamed(upstreamModelId(name, 'openai'))

  function freeName(fileName: string): string {
    const name = `DSLighting ${fileName
      .replaceAll(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, 40)}`.trim()
    let number = 1
    while (clients.named(number === 1 ? name : `${name} ${number}`) !== undefined) number += 1
    return number === 1 ? name : `${name} ${number}`
  }

  return {
    serves: (name) => served(name) !== undefined,
    async accessFor(fileName, models) {
      const allowedModels = [...new Set(models.flatMap((name) => served(name)?.id ?? []))]
      const limits = { requestsPerMinute: null, tokensPerDay: null }
      const { token } = await clients.mint({ name: freeName(fileName), allowedModels, ...limits })
      return { apiBase: baseUrl(), token }
    },
  }
}
