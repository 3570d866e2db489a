import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron'
import type { DesktopTexts } from './desktop-texts.ts'

/** The right mouse button's menu, which Electron leaves to the application: what can be done with text, or nothing. */
export function contextMenu(
  {
    isEditable,
    selectionText,
    editFlags,
  }: Pick<ContextMenuParams, 'isEditable' | 'selectionText'> & {
    editFlags: Pick<ContextMenuParams['editFlags'], 'canCut' | 'canCopy' | 'canPaste' | 'canSelectAll'>
  },
  texts: DesktopTexts,
): MenuItemConstructorOptions[] {
  const copy: MenuItemConstructorOptions = { role: 'copy', label: texts.copy, enabled: editFlags.canCopy }
  if (isEditable) {
    return [
      { role: 'cut', label: texts.cut, enabled: editFlags.canCut },
      copy,
      { role: 'paste', label: texts.paste, enabled: editFlags.canPaste },
      { type: 'separator' },
      { role: 'selectAll', label: texts.selectAll, enabled: editFlags.canSelectAll },
    ]
  }
  return selectionText.trim() === '' ? [] : [copy]
}
