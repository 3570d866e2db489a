import { openai } from './openai.ts'
import { azure } from './azure.ts'
import { anthropic } from './anthropic.ts'
import { gemini } from './gemini.ts'
import { deepseek } from './deepseek.ts'
import { siliconflow } from './siliconflow.ts'
import { zhipu } from './zhipu.ts'
import { moonshot } from './moonshot.ts'
import { openrouter } from './openrouter.ts'
import type { ErrorRow } from './error-row.ts'

const families = { openai, azure, anthropic, gemini, deepseek, siliconflow, zhipu, moonshot, openrouter } as const

export const providerErrors: readonly ErrorRow[] = Object.entries(families).flatMap(([provider, rows]) =>
  rows.map((row) => ({ provider: provider as keyof typeof families, ...row })),
)
