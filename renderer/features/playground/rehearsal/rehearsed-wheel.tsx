import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelId } from '../../../../shared/identity.ts'
import type { RehearsedKey } from '../../../../shared/rehearsal.ts'
import type { AttemptView } from '../../../../shared/request.ts'
import { useModels } from '../../../app/models-store.ts'
import { nameOf } from '../../../ui/attempt-text.ts'
import { WheelPicture } from '../../../ui/wheel/wheel-picture.tsx'
import { useWheelWords, type WheelKey } from '../../../ui/wheel/wheel-words.ts'
import classes from './rehearsal.module.css'
import { marksOf, waitLeft } from './wheel-story.ts'
import { spaced } from '../../../ui/spaced.ts'

interface RehearsedWheelProps {
  modelId: ModelId
  keys: readonly RehearsedKey[]
  /** The calls that it tells of, in their order. */
  attempts: readonly AttemptView[]
  /** Those before them, after which a key may still wait. */
  earlier?: readonly AttemptView[]
  nextKeyId: string | null
  nowMs: number
}

/** The wheel as the dashboard draws it, of the copies of a rehearsal, with what came of each key's calls beside its arc. */
export function RehearsedWheel({ modelId, keys, attempts, earlier = [], nextKeyId, nowMs }: RehearsedWheelProps) {
  const { t } = useTranslation('rehearsal')
  const { t: wheel } = useTranslation('wheel')
  const { t: attemptText } = useTranslation('attempts')
  const { wheelKeys, isWeighted } = useWheelKeys(modelId, keys)
  const { described, words } = useWheelWords(wheelKeys, isWeighted, nowMs)
  const all = [...earlier, ...attempts]
  const titles = keys.map(({ keyId }, index) => {
    const outcomes = attempts.flatMap((attempt) => (attempt.keyId === keyId && attempt.outcome) || [])
    return [described[index], ...outcomes.map((outcome) => nameOf(outcome, attemptText))].join(', ')
  })
  const currentKeyId = attempts.at(-1)?.keyId ?? null
  const current = keys.findIndex(({ keyId }) => keyId === currentKeyId)
  const name = keys[current] && wheel('key', { number: current + 1, label: keys[current].label })
  return (
    <figure className={classes['wheel']}>
      <WheelPicture
        keys={wheelKeys}
        isWeighted={isWeighted}
        currentKeyId={currentKeyId}
        nextKeyId={nextKeyId}
        left={keys.map((key) => waitLeft(key, all, nowMs))}
        label={`${t('wheel.label')} ${titles.join('; ')}`}
        titles={titles}
        words={words}
        marks={marksOf(attempts)}
      />
      <figcaption className={classes['wheelFoot']}>
        {name ? (
          <>
            {spaced(t('wheel.last'))}
            <strong>{name}</strong>
          </>
        ) : (
          t('wheel.none')
        )}
      </figcaption>
    </figure>
  )
}

/** The copies have no weights of their own that a person could see: those of the model are theirs. */
function useWheelKeys(modelId: ModelId, keys: readonly RehearsedKey[]) {
  const model = useModels((store) => store.models.find(({ id }) => id === modelId))
  const wheelKeys = useMemo(() => {
    const weights = new Map(model?.keys.map(({ id, weight }) => [id, weight]))
    return keys.map(({ keyId, label, state }): WheelKey => ({
      id: keyId,
      label,
      state,
      weight: weights.get(keyId) ?? 1,
    }))
  }, [keys, model?.keys])
  return { wheelKeys, isWeighted: model?.strategy === 'weighted' }
}
