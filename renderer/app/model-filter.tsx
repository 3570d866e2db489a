import { Combobox, useCombobox } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useModels } from './models-store.ts'
import classes from './top-bar.module.css'
import { visibleText } from '../ui/visible-text.ts'

const everyModel = ''

/** Narrows the view to one model. */
export function ModelFilter() {
  const { t } = useTranslation('shell')
  const models = useModels((store) => store.models)
  const selected = useModels((store) => store.models.find((model) => model.id === store.selectedId))
  const select = useModels((store) => store.select)
  const [search, setSearch] = useState('')
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setSearch('')
    },
  })
  const matching = models.filter((model) => model.name.toLowerCase().includes(search.trim().toLowerCase()))
  const choose = (value: string) => {
    select(models.find((model) => model.id === value)?.id ?? null)
    combobox.closeDropdown()
  }
  return (
    <Combobox store={combobox} onOptionSubmit={choose} width={300} position="bottom-end">
      <Combobox.Target targetType="button">
        <button type="button" className={classes['pill']} onClick={() => combobox.toggleDropdown()}>
          <span className={classes['dim']}>{t('modelFilter.label')}</span>
          <span className={classes['name']}>{selected?.name ?? t('modelFilter.all')}</span>
          <IconChevronDown size={14} aria-hidden="true" />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder={t('modelFilter.search')}
          aria-label={t('modelFilter.search')}
        />
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }} aria-label={t('modelFilter.label')}>
          {search === '' && (
            <Combobox.Option value={everyModel} active={selected === undefined}>
              {t('modelFilter.all')}
            </Combobox.Option>
          )}
          {matching.map((model) => (
            <Combobox.Option key={model.id} value={model.id} active={model.id === selected?.id}>
              {visibleText(model.name)}
            </Combobox.Option>
          ))}
          {matching.length === 0 && <Combobox.Empty>{t('modelFilter.none')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
