import type { Fault } from './script.ts'

export interface Happening {
  label: string
  fault: Fault
}

export interface AnswerContext {
  prompt: string
  keyLabel: string
  /** The how-manieth call of this key it is. */
  call: number
  firstByteMs: number
  /** What other keys did since the last answer. */
  before: readonly Happening[]
  /** Chooses between wordings, 0 ≤ n < 1. */
  random: () => number
}

type Language = 'en' | 'zh'

/** Chinese when the prompt has Chinese characters in it. */
function languageOf(prompt: string): Language {
  return /\p{Script=Han}/u.test(prompt) ? 'zh' : 'en'
}

/** A short answer about what just happened: which key answered, which ones could not, and what to look at. */
export function composeAnswer(context: AnswerContext): string {
  const language = languageOf(context.prompt)
  const { openings, tips } = phrases[language]
  const before = context.before.length > 0 ? tellBefore[language](context.before) : ''
  const parts = [
    pick(openings, context.random),
    before,
    tellKey[language](context),
    echo[language](context.prompt),
    pick(tips, context.random),
  ]
  return parts.filter((part) => part !== '').join(language === 'zh' ? '' : ' ')
}

/** Pieces as a model would stream them; joined they are the text. */
export function wordsOf(text: string): string[] {
  return text.match(/[A-Za-z0-9“"'(][^\s\p{Script=Han}]*\s*|\p{Script=Han}{1,2}|[\s\S]/gu) ?? []
}

/** A rough count: a token is about four letters, or one Chinese character. */
export function countTokens(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0
  return Math.max(1, han + Math.ceil((text.length - han) / 4))
}

function pick<T>(choices: readonly [T, ...T[]], random: () => number): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0]
}

const tellKey: Record<Language, (context: AnswerContext) => string> = {
  en: ({ keyLabel, call, firstByteMs }) =>
    firstByteMs > 0
      ? `The key “${keyLabel}” answered its call number ${call}, after ${firstByteMs / 1000} s of thinking.`
      : `The key “${keyLabel}” answered at once; it was its call number ${call}.`,
  zh: ({ keyLabel, call, firstByteMs }) =>
    firstByteMs > 0
      ? `密钥“${keyLabel}”想了 ${firstByteMs / 1000} 秒才回答，这是它的第 ${call} 次调用。`
      : `密钥“${keyLabel}”立即作答，这是它的第 ${call} 次调用。`,
}

const tellBefore: Record<Language, (before: readonly Happening[]) => string> = {
  en: (before) => {
    const told = before.map(({ label, fault }) => `“${label}” ${reason(fault).en}`)
    return `Before that, ${told.join(' and ')}, so the rotation moved on to the next key.`
  },
  zh: (before) => {
    const told = before.map(({ label, fault }) => `“${label}”${reason(fault).zh}`)
    return `在此之前，${told.join('，')}，于是轮换到了下一个密钥。`
  },
}

function reason(fault: Fault): Record<Language, string> {
  if (fault.kind === 'silent') return { en: 'did not answer', zh: '没有应答' }
  if (fault.kind === 'reset') return { en: 'lost its connection', zh: '连接中断' }
  if (fault.kind !== 'status') return { en: 'answered nonsense', zh: '返回了无法识别的内容' }
  if (fault.error.code === 'insufficient_quota') return { en: 'was out of quota', zh: '额度已用完' }
  if (fault.status === 429) return { en: 'was rate-limited', zh: '被限流' }
  if (fault.status === 401) return { en: 'was rejected', zh: '被拒绝' }
  return { en: `failed with status ${fault.status}`, zh: `返回了状态 ${fault.status}` }
}

const echo: Record<Language, (prompt: string) => string> = {
  en: (prompt) => (prompt === '' ? '' : `You wrote: “${shorten(prompt)}”; a real model would take it from here.`),
  zh: (prompt) => `您写的是：“${shorten(prompt)}”，真正的模型会从这里继续。`,
}

function shorten(text: string) {
  const line = Array.from(text.replace(/\s+/g, ' ').trim())
  return line.length > 60 ? `${line.slice(0, 59).join('')}…` : line.join('')
}

const phrases: Record<Language, { openings: readonly [string, ...string[]]; tips: readonly [string, ...string[]] }> = {
  en: {
    openings: [
      'Hello from the simulator.',
      'This answer comes from inside the application, and it cost nothing.',
      'No provider was asked for this one: the simulator answered.',
      'The simulator is at your service.',
    ],
    tips: [
      'On the dashboard you can see the same request as a block in its key’s lane.',
      'Send a few more messages and watch which keys rest and which come back.',
      'A cooling key returns by itself when its time is up; nobody has to do anything.',
      'Pause a key and send again: the rotation passes over it without an error.',
      'When every key is out, the request waits for the earliest one instead of failing.',
      'With your own keys it works the same way, only that the answers are better.',
    ],
  },
  zh: {
    openings: [
      '你好，我是模拟器。',
      '这个回答来自应用内部，没有产生任何费用。',
      '这次没有请求任何服务商，由模拟器作答。',
      '模拟器为你服务。',
    ],
    tips: [
      '在仪表盘上，可以看到这次请求是对应密钥泳道里的一格。',
      '再发几条消息，看看哪些密钥在休息，哪些又回来了。',
      '冷却中的密钥到时间会自动恢复，无需任何操作。',
      '暂停一个密钥再发送：轮换会跳过它，不会报错。',
      '当所有密钥都不可用时，请求会等待最早恢复的那一个，而不是直接失败。',
      '换成您自己的密钥，过程完全一样，只是回答会更好。',
    ],
  },
}
