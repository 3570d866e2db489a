import type { FailureData } from '../../shared/failure.ts'
import type { FailureText, ProcedureFailure, Sentence } from './failure-message.ts'

/** A failure about a file on the machine that main runs on. */
export type FileFailure = Extract<ProcedureFailure, { code: 'FILE_REFUSED' | 'FILE_NOT_WRITTEN' | 'EXPORT_REFUSED' }>

export const isFileFailure = (failure: ProcedureFailure): failure is FileFailure =>
  failure.code === 'FILE_REFUSED' || failure.code === 'FILE_NOT_WRITTEN' || failure.code === 'EXPORT_REFUSED'

export function fileSentence(failure: FileFailure, t: FailureText): Sentence {
  switch (failure.code) {
    case 'FILE_REFUSED':
      return fileRefusal(failure.data.reason, t)
    case 'FILE_NOT_WRITTEN':
      return notWritten(failure.data, t)
    case 'EXPORT_REFUSED':
    default:
      return exportRefusal(failure.data, t)
  }
}

export function fileRefusal(reason: FailureData<'FILE_REFUSED'>['reason'], t: FailureText): Sentence {
  return { cause: t(`file.${reason}.cause`), next: t(`file.${reason}.next`), quote: null }
}

/** What holds secrets and could not be taken away is named before anything else. */
function notWritten({ reason, code, leftover }: FailureData<'FILE_NOT_WRITTEN'>, t: FailureText): Sentence {
  const next = t(`notWritten.${reason}.next`)
  const whole = leftover === null ? next : t('joined', { cause: t('leftover', { path: leftover }), next })
  return { cause: t(`notWritten.${reason}.cause`, { code }), next: whole, quote: null }
}

function exportRefusal({ reason, line, column }: FailureData<'EXPORT_REFUSED'>, t: FailureText): Sentence {
  const what = t(`export.${reason}.cause`)
  const cause = line === null ? what : t('position', { what, line, column })
  return { cause, next: t(`export.${reason}.next`), quote: null }
}
