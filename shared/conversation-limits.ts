export const maxPanes = 4
export const maxTitle = 200
export const maxPresetName = 100
export const maxPresets = 500
export const maxSystemLength = 1_000_000
