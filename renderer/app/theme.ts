import { Button, createTheme, Modal, Tooltip, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'
import { focusFirstEntry } from '../ui/menu-focus.ts'

const wheel: MantineColorsTuple = [
  '#eef2ff',
  '#dce4ff',
  '#b8c7ff',
  '#8faaff',
  '#7aa2ff',
  '#5f83f5',
  '#3b5bdb',
  '#3350c4',
  '#2b45ad',
  '#223889',
]

const red: MantineColorsTuple = [
  '#fdf3f3',
  '#fde6e6',
  '#f7c6c6',
  '#f3a3a5',
  '#ff8087',
  '#dd4a4f',
  '#b42323',
  '#9c1d1d',
  '#821818',
  '#661313',
]

const slate: MantineColorsTuple = [
  '#e6e9ef',
  '#c3c9d4',
  '#949eaf',
  '#828c9e',
  '#2a313e',
  '#1f2631',
  '#151a22',
  '#0f1217',
  '#0b0d11',
  '#07080b',
]

/** 13 px base on a 4 px grid, one accent. Colours that carry meaning live in ui/tokens.css. */
export const theme = createTheme({
  primaryColor: 'wheel',
  primaryShade: { light: 6, dark: 6 },
  colors: { wheel, red, dark: slate },
  autoContrast: true,
  luminanceThreshold: 0.179,
  fontFamily: 'var(--kw-font)',
  fontFamilyMonospace: 'var(--kw-font-mono)',
  fontSizes: { xs: '11px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '18px', lineHeight: '28px' },
      h2: { fontSize: '15px', lineHeight: '24px' },
      h3: { fontSize: '13px', lineHeight: '20px' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      defaultProps: { fw: 550 },
      vars: (_theme, { size }) => ({
        root: size === undefined ? { '--button-height': '32px', '--button-padding-x': '14px' } : {},
      }),
    }),
    Modal: Modal.extend({
      defaultProps: { transitionProps: { duration: 120 }, centered: true, radius: 'lg', padding: 'lg' },
      styles: { title: { fontSize: 15, fontWeight: 650 } },
    }),
    // By name alone: these come with the views that need them.
    Drawer: { defaultProps: { padding: 'lg', styles: { title: { fontSize: 15, fontWeight: 650 } } } },
    MenuDropdown: { defaultProps: { onFocus: focusFirstEntry } },
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, transitionProps: { duration: 100 } } }),
  },
})

const sharedVariables = {
  '--mantine-color-body': 'var(--kw-canvas)',
  '--mantine-color-text': 'var(--kw-text)',
  '--mantine-color-dimmed': 'var(--kw-text-dim)',
  '--mantine-color-placeholder': 'var(--kw-text-faint)',
  '--mantine-color-default-border': 'var(--kw-line)',
  '--mantine-color-default': 'var(--kw-panel)',
  '--mantine-color-default-hover': 'var(--kw-hover)',
  '--mantine-color-default-color': 'var(--kw-text)',
  '--mantine-color-disabled': 'var(--kw-panel-raised)',
  '--mantine-color-disabled-color': 'var(--kw-text-disabled)',
  '--mantine-color-disabled-border': 'var(--kw-line-soft)',
  '--mantine-color-error': 'var(--kw-danger)',
  '--mantine-color-anchor': 'var(--kw-accent-text)',
}

/** Quiet buttons: their text and the tint behind it. */
const softVariables = {
  '--mantine-color-wheel-light': 'var(--kw-accent-soft)',
  '--mantine-color-wheel-light-hover': 'var(--kw-accent-soft-hover)',
  '--mantine-color-wheel-light-color': 'var(--kw-accent-text)',
  '--mantine-color-red-light': 'var(--kw-danger-soft)',
  '--mantine-color-red-light-hover': 'var(--kw-danger-soft)',
  '--mantine-color-red-light-color': 'var(--kw-danger)',
}

/** Mantine takes its surfaces and text from the tokens, so that there is one place to change them. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...sharedVariables, ...softVariables },
  dark: { ...sharedVariables, ...softVariables },
})
