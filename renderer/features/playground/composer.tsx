import { Anchor, Button, Textarea } from '@mantine/core'
import { IconPlayerStopFilled, IconSend2 } from '@tabler/icons-react'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { hrefOf } from '../../app/router.ts'
import classes from './playground.module.css'
import { usePlayground } from './use-playground.ts'

/** Enter sends, Shift+Enter makes a new line, Escape stops; an input method's Enter only ends its own word. */
export function Composer({ model, isRunning }: { model: ModelView; isRunning: boolean }) {
  const { t } = useTranslation('playground')
  const draft = usePlayground((state) => state.draft)
  const setDraft = usePlayground((state) => state.setDraft)
  const send = usePlayground((state) => state.send)
  const stop = usePlayground((state) => state.stop)
  const field = useRef<HTMLTextAreaElement>(null)

  useEffect(() => {
    if (!isRunning) return undefined
    const press = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) stop()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [isRunning, stop])

  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send(draft)
  }
  const click = () => {
    if (isRunning) stop()
    else send(draft)
    field.current?.focus()
  }
  return (
    <div className={classes['composer']}>
      {model.keys.length === 0 && (
        <p className={classes['status']}>
          {t('composer.noKeys')} <Anchor href={hrefOf('models', model.id)}>{t('composer.addKeys')}</Anchor>
        </p>
      )}
      <div className={classes['composerRow']}>
        <Textarea
          ref={field}
          className={classes['composerField']}
          aria-label={t('composer.label')}
          placeholder={t('composer.placeholder')}
          autosize
          minRows={1}
          maxRows={8}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={press}
        />
        <Button
          onClick={click}
          variant={isRunning ? 'default' : 'filled'}
          disabled={!isRunning && draft.trim() === ''}
          title={isRunning ? t('composer.stopHint') : undefined}
          leftSection={isRunning ? <IconPlayerStopFilled size={14} /> : <IconSend2 size={15} />}
        >
          {isRunning ? t('composer.stop') : t('composer.send')}
        </Button>
      </div>
    </div>
  )
}
