/**
 * Every colour of the pages, by scheme. Mantine's own palette fails WCAG AA (inputs' borders at 1.49:1), so its
 * greys are replaced here as well; `tokens.test.ts` computes each pair that meets on a screen.
 */
export interface Scheme {
  canvas: string;
  surface: string;
  raised: string;
  text: string;
  dimmed: string;
  link: string;
  /** Borders of controls and the focus ring carry meaning: at least 3:1. */
  control: string;
  focus: string;
  /** Lines that only please the eye. */
  line: string;
  primary: string;
  primaryHover: string;
  onPrimary: string;
  disabled: string;
  onDisabled: string;
  tones: Record<Tone, { text: string; soft: string; solid: string }>;
}

export const toneNames = ['plain', 'info', 'ok', 'warn', 'danger'] as const;
export type Tone = (typeof toneNames)[number];

export const light: Scheme = {
  canvas: '#f3f5f8',
  surface: '#ffffff',
  raised: '#f7f9fb',
  text: '#18202a',
  dimmed: '#52606d',
  link: '#15558f',
  control: '#71808e',
  focus: '#0b63c4',
  line: '#d5dce3',
  primary: '#175e9c',
  primaryHover: '#104a7d',
  onPrimary: '#ffffff',
  disabled: '#e6eaee',
  onDisabled: '#566370',
  tones: {
    plain: { text: '#43505c', soft: '#e9edf1', solid: '#71808e' },
    info: { text: '#15558f', soft: '#e3eefa', solid: '#2a76bd' },
    ok: { text: '#17603a', soft: '#e0f2e6', solid: '#2c8a57' },
    warn: { text: '#7a4a00', soft: '#fff0d1', solid: '#b06f00' },
    danger: { text: '#a3211b', soft: '#fde9e7', solid: '#c9352d' },
  },
};

export const dark: Scheme = {
  canvas: '#12161a',
  surface: '#1a2026',
  raised: '#212930',
  text: '#e6eaee',
  dimmed: '#a8b3bd',
  link: '#8cc0f2',
  control: '#7f8c98',
  focus: '#8cc0f2',
  line: '#343e48',
  primary: '#2876bb',
  primaryHover: '#1d69ab',
  onPrimary: '#ffffff',
  disabled: '#2a323a',
  onDisabled: '#a2adb8',
  tones: {
    plain: { text: '#c2cbd4', soft: '#2a323a', solid: '#8793a0' },
    info: { text: '#a3cdf6', soft: '#17314c', solid: '#5a9ddd' },
    ok: { text: '#8fdaab', soft: '#15351f', solid: '#4aa873' },
    warn: { text: '#f5c56b', soft: '#3d2e0e', solid: '#cf9531' },
    danger: { text: '#ffa79f', soft: '#471f1c', solid: '#e5695f' },
  },
};
