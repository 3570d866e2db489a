/** The only three messages between page, preload and main; everything else travels through the port. */
export const pageIsListening = 'keywheel:listening'
export const askForPort = 'keywheel:connect'
export const handOverPort = 'keywheel:port'
