import { Tabs } from '@mantine/core'
import { Suspense, type ComponentType } from 'react'
import { navigate, useRoute } from './router.ts'
import type { ViewName } from './route.ts'

export interface ViewTab<Name extends string> {
  /** Also the tab's address, `#/<view>/<name>`. */
  name: Name
  Content: ComponentType
}

interface TabbedViewProps<Name extends string> {
  view: ViewName
  /** In the order in which they are shown; the first is open when the address names none. */
  tabs: readonly [ViewTab<Name>, ...ViewTab<Name>[]]
  label: string
  nameOf: (tab: Name) => string
  classes: Record<string, string>
}

/** A view of several tabs; which one is open, the address says. `classes` has `view`, `tabs` and `panel`. */
export function TabbedView<Name extends string>({ view, tabs, label, nameOf, classes }: TabbedViewProps<Name>) {
  const { id } = useRoute()
  const open = tabs.find(({ name }) => name === id) ?? tabs[0]
  return (
    <Tabs
      className={classes['view']}
      value={open.name}
      onChange={(name) => navigate(view, name ?? '')}
      keepMounted={false}
    >
      <Tabs.List aria-label={label} className={classes['tabs']}>
        {tabs.map(({ name }) => (
          <Tabs.Tab key={name} value={name}>
            {nameOf(name)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={open.name} className={classes['panel']}>
        <Suspense>
          <open.Content />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  )
}
