import { localStorageColorSchemeManager } from '@mantine/core';

/** Light, dark or like the device: kept on the device, where the eyes are. */
export const schemeManager = localStorageColorSchemeManager({ key: 'visavis-scheme' });
