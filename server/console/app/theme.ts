import { createTheme, type CSSVariablesResolver } from '@mantine/core';

const SYSTEM_FONTS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, sans-serif';
const SYSTEM_MONOSPACE = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** System fonts, and colours that keep a contrast of 4.5 in both schemes. */
export const theme = createTheme({
  fontFamily: SYSTEM_FONTS,
  fontFamilyMonospace: SYSTEM_MONOSPACE,
  headings: { fontFamily: SYSTEM_FONTS, fontWeight: '650' },
  primaryColor: 'blue',
  primaryShade: { light: 9, dark: 8 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  // What may be left out says so in its label; all else is needed.
  components: Object.fromEntries(
    ['TextInput', 'PasswordInput', 'Textarea', 'RadioGroup'].map((name) => [
      name,
      { defaultProps: { withAsterisk: false } },
    ]),
  ),
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f6f7f9',
    '--mantine-color-text': '#1a1d21',
    '--mantine-color-dimmed': '#525a64',
    '--mantine-color-placeholder': '#646c76',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#1c4f8f',
  },
  dark: {
    '--mantine-color-body': '#14171b',
    '--mantine-color-text': '#e8eaed',
    '--mantine-color-dimmed': '#a9b1bb',
    '--mantine-color-placeholder': '#9aa2ac',
    '--mantine-color-error': '#ff9a91',
    '--mantine-color-anchor': '#8ab8f2',
  },
});
