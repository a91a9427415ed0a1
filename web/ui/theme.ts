import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';
import { dark, light, toneNames } from './tokens.ts';
import type { Scheme } from './tokens.ts';

const tuple = (...shades: string[]): MantineColorsTuple => shades as unknown as MantineColorsTuple;

/** Mantine takes control borders from the fourth grey and placeholders from the next ones: see `tokens.ts`. */
const gray = tuple(
  light.raised,
  '#eef1f4',
  '#e4e9ee',
  light.line,
  light.control,
  '#5f6d7a',
  light.dimmed,
  '#404c58',
  '#2a343e',
  light.text,
);
const darks = tuple(
  dark.text,
  '#c5ced6',
  dark.dimmed,
  dark.onDisabled,
  dark.control,
  dark.raised,
  dark.surface,
  dark.canvas,
  '#0d1013',
  '#08090b',
);
const brand = tuple(
  '#eef5fc',
  '#e3eefa',
  '#c5dcf3',
  '#a3cdf6',
  '#8cc0f2',
  '#4c95d8',
  dark.primary,
  light.primary,
  light.primaryHover,
  '#0b355a',
);
const red = tuple(
  '#fdf3f2',
  '#fde9e7',
  '#f8cbc7',
  '#ffa79f',
  '#f1857c',
  '#e5695f',
  '#c9352d',
  '#b02a23',
  '#a3211b',
  '#6d1511',
);

export const theme = createTheme({
  primaryColor: 'brand',
  primaryShade: { light: 7, dark: 6 },
  colors: { gray, dark: darks, brand, red },
  black: light.text,
  fontFamily: '"Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: '"Cascadia Mono", "Roboto Mono", "Liberation Mono", monospace',
  headings: { fontWeight: '650' },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '6px', md: '10px', lg: '14px', xl: '20px' },
  fontSizes: { xs: '13px', sm: '14.5px', md: '16px', lg: '18px', xl: '21px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

const ours = (scheme: Scheme): Record<string, string> => ({
  '--k-canvas': scheme.canvas,
  '--k-surface': scheme.surface,
  '--k-raised': scheme.raised,
  '--k-text': scheme.text,
  '--k-dimmed': scheme.dimmed,
  '--k-link': scheme.link,
  '--k-control': scheme.control,
  '--k-focus': scheme.focus,
  '--k-line': scheme.line,
  '--k-primary': scheme.primary,
  '--k-on-primary': scheme.onPrimary,
  ...Object.fromEntries(
    toneNames.flatMap((tone) => [
      [`--k-${tone}`, scheme.tones[tone].text],
      [`--k-${tone}-soft`, scheme.tones[tone].soft],
      [`--k-${tone}-solid`, scheme.tones[tone].solid],
    ]),
  ),
  '--mantine-color-body': scheme.surface,
  '--mantine-color-text': scheme.text,
  '--mantine-color-dimmed': scheme.dimmed,
  '--mantine-color-placeholder': scheme.dimmed,
  '--mantine-color-error': scheme.tones.danger.text,
  '--mantine-color-anchor': scheme.link,
  '--mantine-color-default': scheme.surface,
  '--mantine-color-default-hover': scheme.raised,
  '--mantine-color-default-color': scheme.text,
  '--mantine-color-default-border': scheme.control,
  '--mantine-color-disabled': scheme.disabled,
  '--mantine-color-disabled-color': scheme.onDisabled,
  '--mantine-color-disabled-border': scheme.control,
  '--mantine-color-brand-filled': scheme.primary,
  '--mantine-color-brand-filled-hover': scheme.primaryHover,
  '--mantine-color-brand-text': scheme.link,
  '--mantine-color-brand-light': scheme.tones.info.soft,
  '--mantine-color-brand-light-hover': scheme.tones.info.soft,
  '--mantine-color-brand-light-color': scheme.tones.info.text,
  '--mantine-color-red-filled': light.tones.danger.text,
  '--mantine-color-red-light': scheme.tones.danger.soft,
  '--mantine-color-red-light-hover': scheme.tones.danger.soft,
  '--mantine-color-red-light-color': scheme.tones.danger.text,
});

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: ours(light), dark: ours(dark) });
