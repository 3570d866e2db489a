import { Button, Menu, TextInput } from '@mantine/core'
import { IconBookmark, IconChevronDown, IconX } from '@tabler/icons-react'
import { useEffect, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preset } from '../../../shared/conversation.ts'
import { attempt } from '../../app/toast.tsx'
import { focused } from '../../ui/focused.ts'
import classes from './parameters.module.css'
import { deletePreset, loadPresets, savePreset, usePresets } from './presets-store.ts'
import { hasChangedSettings } from './settings-state.ts'
import { usePlayground } from './use-playground.ts'

/** System prompts and parameters that were kept under a name. */
export function Presets() {
  const { t } = useTranslation('playground')
  const presets = usePresets((store) => store.presets)
  const applyPreset = usePlayground((state) => state.applyPreset)
  const isChanged = usePlayground(hasChangedSettings)
  const [isSaving, setSaving] = useState(false)
  useEffect(() => attempt(loadPresets), [])
  if (isSaving) return <SaveForm presets={presets} onClose={() => setSaving(false)} />
  return (
    <div className={classes['presets']}>
      <Menu position="bottom-start" width={240}>
        <Menu.Target>
          <Button variant="default" disabled={presets.length === 0} rightSection={<IconChevronDown size={14} />}>
            {t('presets.open')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {presets.map((preset) => (
            <div key={preset.id} role="presentation" className={classes['preset']}>
              <Menu.Item onClick={() => applyPreset(preset)}>{preset.name}</Menu.Item>
              <Menu.Item
                className={classes['presetDelete']}
                aria-label={t('presets.delete', { name: preset.name })}
                onClick={() => deletePreset(preset, t('presets.deleted', { name: preset.name }))}
              >
                <IconX size={14} aria-hidden="true" />
              </Menu.Item>
            </div>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button
        variant="default"
        disabled={!isChanged}
        leftSection={<IconBookmark size={14} />}
        onClick={() => setSaving(true)}
      >
        {t('presets.save')}
      </Button>
    </div>
  )
}

/** Under a name that is there already, the new one takes the place of the old. */
function SaveForm({ presets, onClose }: { presets: readonly Preset[]; onClose: () => void }) {
  const { t } = useTranslation('playground')
  const [name, setName] = useState('')
  const system = usePlayground((state) => state.system)
  const parameters = usePlayground((state) => state.parameters)
  const replaces = presets.find((preset) => preset.name === name.trim())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    savePreset({ name: name.trim(), system, parameters }, replaces)
    onClose()
  }
  return (
    <form className={classes['presetForm']} onSubmit={submit}>
      <TextInput
        label={t('presets.name')}
        description={replaces ? t('presets.replaces') : undefined}
        ref={focused}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={classes['presets']}>
        <Button type="submit" disabled={name.trim() === ''}>
          {t('presets.keep')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('edit.cancel')}
        </Button>
      </div>
    </form>
  )
}
