import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../../../ui/format-bytes.ts'
import { formatInteger } from '../../../ui/format.ts'
import { Notice } from '../../../ui/notice.tsx'
import { visibleText } from '../../../ui/visible-text.ts'
import { draft, useDraft } from '../page-draft.ts'
import { shrunkImage } from './shrink-image.ts'
import { canShrink, imageLimits, type ImageProblem } from './take-image.ts'

/** Why an image was not taken, each with what can be done. */
export function ImageProblems() {
  const problems = useDraft((state) => state.problems)
  return problems.map((problem, index) => <Problem key={index} problem={problem} />)
}

function Problem({ problem }: { problem: ImageProblem }) {
  const { t } = useTranslation('prompt')
  const { cause, next } = useSentence(problem)
  const putAside = () => draft.getState().putAside(problem)
  return (
    <Notice tone="warn" urgent title={cause} text={next}>
      {canShrink(problem) && (
        <Button size="xs" variant="default" onClick={() => void takeSmaller(problem)}>
          {t('image.shrink')}
        </Button>
      )}
      <Button size="xs" variant="subtle" onClick={putAside}>
        {t('image.putAside')}
      </Button>
    </Notice>
  )
}

async function takeSmaller(problem: Extract<ImageProblem, { file: Blob }>): Promise<void> {
  await draft.getState().takeCopy(problem, await shrunkImage(problem.file))
}

function useSentence(problem: ImageProblem): { cause: string; next: string } {
  const { t, i18n } = useTranslation('prompt')
  const { language } = i18n
  const name = visibleText(problem.name)
  const number = (value: number) => formatInteger(value, language)
  switch (problem.kind) {
    case 'kind':
      return { cause: t('image.problem.kind', { name }), next: t('image.next.kind') }
    case 'unreadable':
      return { cause: t('image.problem.unreadable', { name }), next: t('image.next.unreadable') }
    case 'no-copy':
      return { cause: t('image.problem.noCopy', { name }), next: t('image.next.noCopy') }
    case 'count':
      return { cause: t('image.problem.count', { name, most: imageLimits.count }), next: t('image.next.count') }
    case 'bytes': {
      const size = formatBytes(problem.bytes, language)
      const most = formatBytes(imageLimits.bytes, language)
      return { cause: t('image.problem.bytes', { name, size, most }), next: t('image.next.smaller') }
    }
    case 'pixels':
      break
  }
  const [width, height] = [number(problem.width), number(problem.height)]
  const sides = { name, width, height, side: number(imageLimits.side) }
  return { cause: t('image.problem.pixels', sides), next: t('image.next.smaller') }
}
