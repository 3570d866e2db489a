import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream, type MockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { expect, test } from './support/app.ts'
import { byKeyboard, dialog, goTo, main, row } from './support/by-keyboard.ts'
import { chooseFromMenu, expectTrapped, focusedStop, isInDialog, press, tabTo, walk } from './support/keyboard.ts'
import { envFor, passphrase } from './support/keywheel.ts'
import { languages } from './support/texts.ts'

/** Nothing here touches the mouse: what cannot be done by keyboard fails. */

const secretOf = (number: number) => `sk-of-a-keyboard-account-${String(number).padStart(4, '0')}`

for (const language of languages) {
  const { say, button, counted, importText } = byKeyboard(language)

  test.describe(`by keyboard alone, in ${language}`, () => {
    test.use({ language })

    test.describe('with a simulator that does not dawdle', () => {
      test.use({ environment: { KEYWHEEL_SIMULATOR_PACE: 'wordDelayMs=2,slowFirstByteMs=150' } })

      test('the first page leads to an answered message', async ({ page }) => {
        await press(button(page, 'vault:firstRun.simulator.start'))
        await expect(main(page)).toBeFocused()
        await goTo(page, 'p', say('shell:nav.playground'))
        await tabTo(page.getByRole('textbox', { name: say('prompt:label'), exact: true }))
        await page.keyboard.type('hello')
        await page.keyboard.press('Enter')
        await expect(page.getByRole('article')).toContainText('You wrote: “hello”')
      })
    })

    test.describe('with a vault', () => {
      let provider: MockUpstream
      test.beforeEach(async ({ page }) => {
        provider = await startMockUpstream([])
        const answers = [upstream.says('ok'), upstream.says('ok'), upstream.rejectsKey()]
        for (const [index, answer] of answers.entries()) provider.script(secretOf(index + 1), answer)
        await importText(page, envFor(provider.url, [1, 2, 3].map(secretOf)))
      })
      test.afterEach(() => provider.close())

      test('each stop shows that it has the focus, and the last one lets go', async ({ page }) => {
        for (const [letter, view] of [
          ['m', 'models'],
          ['s', 'settings'],
        ] as const) {
          await goTo(page, letter, say(`shell:nav.${view}`))
          await page.getByText(say('shell:loading'), { exact: true }).waitFor({ state: 'hidden' })
          const stops = await walk(page)
          expect(stops.length, view).toBeGreaterThan(20)
          expect(stops[0]?.name).toContain(say('shell:skip'))
          expect(stops.filter(({ isSeen, isInView }) => !isSeen || !isInView)).toEqual([])
        }
      })

      test('a model is filtered, chosen, and its tabs are gone through', async ({ page }) => {
        await goTo(page, 'm', say('shell:nav.models'))
        await page.keyboard.press('/')
        const filter = page.getByRole('searchbox', { name: say('models:filter') })
        await expect(filter).toBeFocused()
        await page.keyboard.type('nothing is called so')
        await expect(page.getByText(say('models:noMatch'))).toBeVisible()
        await page.keyboard.press('Escape')
        await expect(filter).toHaveValue('')
        await press(page.getByRole('link', { name: /scripted/ }))
        await tabTo(page.getByRole('tab', { name: say('models:tab.keys', { count: 3 }) }))
        await page.keyboard.press('ArrowRight')
        await expect(page.getByRole('tab', { name: say('models:tab.settings') })).toBeFocused()
        await expect(page.getByRole('textbox', { name: say('models:field.name') })).toBeVisible()
        await page.keyboard.press('ArrowRight')
        await expect(page.getByRole('tab', { name: say('models:tab.effective') })).toBeFocused()
      })

      test('a cell is edited in place, and the hand goes on from it', async ({ page }) => {
        await goTo(page, 'm', say('shell:nav.models'))
        const cell = (label: string) => row(page, label).getByRole('button', { name: label, exact: false }).first()
        const labelOf = (label: string) => page.getByRole('button', { name: `${say('models:label')}: ${label}` })
        await expect(cell('acct-2')).toBeVisible()
        await press(labelOf('acct-2'))
        await page.keyboard.type('lab')
        await page.keyboard.press('Escape')
        await expect(labelOf('acct-2')).toBeFocused()
        await page.keyboard.press('Enter')
        await page.keyboard.type('lab')
        await page.keyboard.press('Enter')
        await expect(labelOf('lab')).toBeFocused()
        await page.keyboard.press('Tab')
        await page.keyboard.press('Enter')
        await page.keyboard.type('70000')
        await page.keyboard.press('Enter')
        await expect(page.getByText(say('failures:field.weight_range'))).toBeVisible()
        await expect(page.getByRole('textbox', { name: say('models:weight') })).toBeFocused()
        await page.keyboard.press('Escape')
        await page.keyboard.press('ControlOrMeta+z')
        await expect(labelOf('acct-2')).toBeVisible()
      })

      test('all keys are tested; a key is moved, paused and deleted, and what is left has the focus', async ({
        page,
      }) => {
        await goTo(page, 'm', say('shell:nav.models'))
        await press(button(page, 'models:testAll'))
        await expect(row(page, 'acct-3')).toContainText(say('key-state:rejected'))
        await expect(button(page, 'models:testAll')).toBeFocused()
        const handle = button(page, 'models:moveLabel', { label: 'acct-1' })
        await tabTo(handle)
        await page.keyboard.press('Alt+ArrowDown')
        await expect(page.getByRole('rowheader').nth(1)).toContainText('acct-1')
        await expect(handle).toBeFocused()

        const more = (label: string) => button(page, 'models:moreFor', { label })
        await press(more('acct-1'))
        await expect(page.getByRole('menuitem', { name: say('models:terms.open') })).toBeFocused()
        await page.keyboard.press('Escape')
        await expect(more('acct-1')).toBeFocused()
        await chooseFromMenu(page, say('models:pause'))
        await expect(row(page, 'acct-1')).toContainText(say('key-state:paused'))
        await expect(more('acct-1')).toBeFocused()

        await chooseFromMenu(page, say('models:delete'), 'ArrowUp')
        await expect(row(page, 'acct-1')).toBeHidden()
        await expect(more('acct-3')).toBeFocused()
        await page.keyboard.press('ControlOrMeta+z')
        await expect(row(page, 'acct-1')).toBeVisible()
      })

      test('several keys are chosen, rest until a time, get labels, and go and come back', async ({ page }) => {
        await goTo(page, 'm', say('shell:nav.models'))
        await press(page.getByRole('checkbox', { name: say('models:selectLabel', { label: 'acct-1' }) }), 'Space')
        await press(page.getByRole('checkbox', { name: say('models:selectLabel', { label: 'acct-2' }) }), 'Space')
        const more = button(page, 'models:more')
        await tabTo(more, 'Shift+Tab')
        // The second time its code is there, and it opens before the menu has gone.
        for (let times = 0; times < 2; times += 1) {
          await chooseFromMenu(page, say('models:pauseUntil.open'))
          await expect(dialog(page).getByLabel(say('models:pauseUntil.field'))).toBeFocused()
          await page.keyboard.press('Escape')
          await expect(more).toBeFocused()
        }
        await chooseFromMenu(page, say('models:pauseUntil.open'))
        await expect(dialog(page).getByLabel(say('models:pauseUntil.field'))).toBeFocused()
        await page.keyboard.press('Enter')
        await expect(row(page, 'acct-2')).toContainText(say('key-state:paused'))
        await expect(more).toBeFocused()

        await chooseFromMenu(page, say('models:many.labelOpen'))
        await expect(dialog(page).getByRole('textbox')).toBeFocused()
        await page.keyboard.press('ControlOrMeta+a')
        await page.keyboard.type('team-#')
        await page.keyboard.press('Enter')
        await expect(row(page, 'team-2')).toBeVisible()

        await tabTo(button(page, 'models:delete'), 'Shift+Tab')
        await page.keyboard.press('Enter')
        await expect(row(page, 'team-1')).toBeHidden()
        await expect(page.getByRole('toolbar').locator(':focus')).toBeAttached()
        await page.keyboard.press('ControlOrMeta+z')
        await expect(row(page, 'team-1')).toBeVisible()
      })

      test('a dialogue takes the focus, keeps it, and gives it back', async ({ page }) => {
        await goTo(page, 'm', say('shell:nav.models'))
        const opened = async (opener: () => Promise<void>, title: string, stops: number) => {
          await opener()
          const shown = page.getByRole('dialog', { name: title })
          await expect(shown.locator(':focus')).toBeAttached()
          await expectTrapped(page, stops)
          // An open list of choices is closed before the dialogue that it belongs to.
          const isListOpen = await page.getByRole('listbox').isVisible()
          await page.keyboard.press('Escape')
          if (isListOpen) await page.keyboard.press('Escape')
          await expect(shown).toBeHidden()
        }
        const more = button(page, 'models:moreFor', { label: 'acct-2' })
        const fromMenu = (entry: string) => async () => {
          await tabTo(more)
          await chooseFromMenu(page, say(entry))
        }
        await opened(fromMenu('models:terms.open'), say('models:terms.title', { label: 'acct-2' }), 18)
        await expect(more).toBeFocused()
        await opened(fromMenu('models:pauseUntil.open'), say('models:pauseUntil.title'), 10)
        await expect(more).toBeFocused()
        await opened(fromMenu('models:reveal.open'), say('models:reveal.title', { label: 'acct-2' }), 4)
        await expect(more).toBeFocused()
        await opened(fromMenu('models:replace'), say('models:replaceTitle', { label: 'acct-2' }), 6)
        await expect(more).toBeFocused()
        await opened(() => press(button(page, 'models:addModel')), say('models:addModel'), 12)
        await expect(button(page, 'models:addModel')).toBeFocused()
        await opened(() => press(button(page, 'models:addKeys')), say('models:addKeysTo', { model: 'scripted' }), 6)
        await expect(button(page, 'models:addKeys')).toBeFocused()
      })

      test('keys are pasted, and the form asks before it loses them', async ({ page }) => {
        await goTo(page, 'm', say('shell:nav.models'))
        await press(button(page, 'models:addKeys'))
        await expect(dialog(page).getByRole('textbox', { name: say('models:keysField.label') })).toBeFocused()
        await page.keyboard.insertText(`${secretOf(1)}\n${secretOf(4)}`)
        await page.keyboard.press('Escape')
        await expect(dialog(page).getByText(say('shell:form.unsaved'))).toBeVisible()
        await press(dialog(page).getByRole('button', { name: counted('models:addCount', 1) }))
        await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', '5')
        await expect(button(page, 'models:addKeys')).toBeFocused()
      })

      test('Key Watch and the bin keep the focus while what they list goes', async ({ page }) => {
        await goTo(page, 'm', say('shell:nav.models'))
        await press(button(page, 'models:testAll'))
        await expect(row(page, 'acct-3')).toContainText(say('key-state:rejected'))
        await press(page.getByRole('link', { name: say('models:watch.link') }))
        const fix = say('models:watch.fixOf', { fix: say('models:watch.fix.remove'), model: 'scripted' })
        await press(dialog(page).getByRole('button', { name: fix }))
        await expect(dialog(page).getByText(say('models:watch.nothing'))).toBeVisible()
        await expect.poll(() => isInDialog(page)).toBe(true)
        await page.keyboard.press('Escape')

        const deleted = { label: 'acct-3', name: 'scripted' }
        await press(page.getByRole('link', { name: say('models:bin.link', { count: 1 }) }))
        await press(dialog(page).getByRole('button', { name: say('models:bin.purgeKeyLabel', deleted) }))
        await expect(dialog(page).getByRole('button', { name: say('models:cancel') })).toBeFocused()
        await page.keyboard.press('Enter')
        await press(dialog(page).getByRole('button', { name: say('models:bin.restoreKeyLabel', deleted) }))
        await expect(dialog(page).getByText(say('models:bin.empty'))).toBeVisible()
        await expect.poll(() => isInDialog(page)).toBe(true)
        await page.keyboard.press('Escape')
        await expect(row(page, 'acct-3')).toBeVisible()
      })

      test('the settings are changed with arrows, Space and Enter', async ({ page }) => {
        await goTo(page, 's', say('shell:nav.settings'))
        const theme = page.getByRole('radiogroup', { name: say('settings:theme') })
        await tabTo(theme.getByRole('radio', { name: say('settings:system') }))
        await page.keyboard.press('ArrowLeft')
        await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
        await press(page.getByRole('switch', { name: say('vault:idle.vault') }), 'Space')
        await expect(page.getByRole('switch', { name: say('vault:idle.vault') })).toBeChecked()
        const days = page.getByRole('combobox', { name: say('settings:history.days') })
        await tabTo(days)
        const before = await days.inputValue()
        await page.keyboard.press('ArrowDown')
        await expect(days).not.toHaveValue(before)
        await press(button(page, 'settings:prices.editOf', { model: 'scripted' }))
        await expect(
          page.getByRole('textbox', { name: say('settings:prices.promptOf', { model: 'scripted' }) }),
        ).toBeFocused()
        await page.keyboard.press('Escape')
        await expect(button(page, 'settings:prices.editOf', { model: 'scripted' })).toBeFocused()
        await press(button(page, 'settings:diagnostics.preview'))
        await tabTo(page.getByRole('region', { name: say('settings:diagnostics.report') }), 'Shift+Tab')
      })

      test('a recovery kit is made, and a slip does not take it away', async ({ page }) => {
        await goTo(page, 's', say('shell:nav.settings'))
        const make = button(page, 'vault:kit.make')
        await press(make)
        const kit = page.getByRole('dialog', { name: say('vault:kit.title') })
        await expect(kit.getByRole('listitem')).toHaveCount(8)
        await expectTrapped(page, 5)
        await page.keyboard.press('Escape')
        await expect(kit).toBeVisible()
        await press(kit.getByRole('button', { name: say('vault:kit.kept') }))
        const confirm = page.getByRole('dialog', { name: say('vault:kit.confirmTitle') })
        await expect(confirm.getByRole('textbox').first()).toBeFocused()
        await page.keyboard.press('Escape')
        await expect(confirm).toBeHidden()
        expect(await focusedStop(page)).not.toBeNull()
      })

      test('palette, messages and the list of shortcuts open, close and give the focus back', async ({ page }) => {
        await goTo(page, 'm', say('shell:nav.models'))
        const add = button(page, 'models:addKeys')
        await tabTo(add)
        await page.keyboard.press('ControlOrMeta+k')
        await expect(page.getByPlaceholder(say('shell:palette.placeholder'))).toBeFocused()
        await page.keyboard.press('Escape')
        await expect(add).toBeFocused()
        await page.keyboard.press('?')
        const shortcuts = page.getByRole('dialog', { name: say('shell:shortcuts.title') })
        await expect(shortcuts.locator(':focus')).toBeAttached()
        await page.keyboard.press('Escape')
        await expect(shortcuts).toBeHidden()
        await expect(add).toBeFocused()
        await page.keyboard.press('ControlOrMeta+k')
        await expect(page.getByPlaceholder(say('shell:palette.placeholder'))).toBeFocused()
        await page.keyboard.type(say('shell:action.messages'))
        await page.keyboard.press('Enter')
        const messages = page.getByRole('dialog', { name: say('shell:notices.title') })
        // The palette is gone by then, and with it whoever else would take Escape.
        await expect(page.getByPlaceholder(say('shell:palette.placeholder'))).toHaveCount(0)
        await expect(messages.locator(':focus')).toBeAttached()
        await page.keyboard.press('Escape')
        await expect(messages).toBeHidden()
        await expect(add).toBeFocused()
      })

      test('a locked vault asks at once, and opens into the view that was asked for', async ({ page }) => {
        await goTo(page, 's', say('shell:nav.settings'))
        await press(button(page, 'vault:locks.lockVault'))
        await expect(button(page, 'vault:locked.unlock')).toBeFocused()
        await goTo(page, 'm', say('vault:locked.title'))
        const field = page.getByLabel(say('vault:passphrase'), { exact: true })
        await expect(field).toBeFocused()
        // What the page was reading when the vault was locked is no failure to speak of.
        await expect(page.getByRole('alert')).toHaveCount(0)
        await page.keyboard.type('not the passphrase of it')
        await page.keyboard.press('Enter')
        await expect(page.getByText(say('failures:procedure.WRONG_PASSPHRASE.cause'))).toBeVisible({
          timeout: 15_000,
        })
        await expect(field).toBeFocused()
        await page.keyboard.press('ControlOrMeta+a')
        await page.keyboard.type(passphrase)
        await page.keyboard.press('Enter')
        await page.getByRole('heading', { level: 1, name: say('shell:nav.models') }).waitFor({ timeout: 15_000 })
        await expect(main(page)).toBeFocused()
      })
    })
  })
}
