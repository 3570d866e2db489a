import { Menu } from '@mantine/core'
import { IconCheck, IconDeviceDesktop, IconLanguage, IconMoon, IconSun, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../shared/settings.ts'
import { changeSettings } from './change-settings.ts'
import { useSettings } from './settings-store.ts'
import classes from './top-bar.module.css'

const themes: readonly Settings['theme'][] = ['system', 'light', 'dark']
const languages = ['en', 'zh-CN'] as const
const themeIcons: Record<Settings['theme'], Icon> = { system: IconDeviceDesktop, light: IconSun, dark: IconMoon }

const tick = (chosen: boolean) => (chosen ? <IconCheck size={14} aria-hidden="true" /> : null)

/** Theme and language within reach of every page, also before there is a vault. */
export function LooksMenu() {
  const { t, i18n } = useTranslation('shell')
  const theme = useSettings((store) => store.settings.theme)
  const ThemeIcon = themeIcons[theme]
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <button
            type="button"
            className={classes['pill']}
            data-square
            aria-label={t('theme.label', { theme: t(`theme.${theme}`) })}
            title={t('theme.label', { theme: t(`theme.${theme}`) })}
          >
            <ThemeIcon size={16} aria-hidden="true" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {themes.map((name) => {
            const ChoiceIcon = themeIcons[name]
            return (
              <Menu.Item
                key={name}
                leftSection={<ChoiceIcon size={15} aria-hidden="true" />}
                rightSection={tick(name === theme)}
                onClick={() => changeSettings({ theme: name })}
              >
                {t(`theme.${name}`)}
              </Menu.Item>
            )
          })}
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end">
        <Menu.Target>
          <button
            type="button"
            className={classes['pill']}
            data-square
            aria-label={t('language.label')}
            title={t('language.label')}
          >
            <IconLanguage size={16} aria-hidden="true" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {languages.map((language) => (
            <Menu.Item
              key={language}
              lang={language}
              rightSection={tick(i18n.language === language)}
              onClick={() => changeSettings({ language })}
            >
              {t(`language.${language}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
