import type { Dialog, Shell } from 'electron'

/** An address leaves for the system's browser only after a person has seen its host and said yes. */
export interface ExternalLinks {
  dialog: Pick<Dialog, 'showMessageBox'>
  shell: Pick<Shell, 'openExternal'>
  locale: string
}

const texts = {
  en: { question: 'Open this address in your browser?', open: 'Open', cancel: 'Cancel' },
  'zh-CN': { question: '要在浏览器中打开这个网址吗？', open: '打开', cancel: '取消' },
}

const cancelled = 1

export async function offerExternal(url: URL, { dialog, shell, locale }: ExternalLinks): Promise<boolean> {
  const text = locale.toLowerCase().startsWith('zh') ? texts['zh-CN'] : texts.en
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: text.question,
    detail: `${url.host}\n\n${url.href}`,
    buttons: [text.open, text.cancel],
    defaultId: cancelled,
    cancelId: cancelled,
    noLink: true,
  })
  if (response === cancelled) return false
  await shell.openExternal(url.href)
  return true
}
