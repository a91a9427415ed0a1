import { describe, expect, it } from 'vitest';
import { contrast } from '../lib/contrast.ts';
import { dark, light, toneNames } from './tokens.ts';
import type { Scheme } from './tokens.ts';

/** Every foreground with every ground it is put on: text 4.5 (WCAG 1.4.3), controls, marks and focus 3 (1.4.11). */
function pairs(scheme: Scheme): [name: string, fore: string, ground: string, least: number][] {
  const grounds = { canvas: scheme.canvas, surface: scheme.surface, raised: scheme.raised };
  const onGrounds = Object.entries(grounds).flatMap(([ground, colour]): [string, string, string, number][] => [
    [`text on ${ground}`, scheme.text, colour, 4.5],
    [`dimmed on ${ground}`, scheme.dimmed, colour, 4.5],
    [`link on ${ground}`, scheme.link, colour, 4.5],
    [`control on ${ground}`, scheme.control, colour, 3],
    [`focus on ${ground}`, scheme.focus, colour, 3],
    [`primary on ${ground}`, scheme.primary, colour, ground === 'surface' && scheme === light ? 4.5 : 3],
    ...toneNames.flatMap((tone): [string, string, string, number][] => [
      [`${tone} on ${ground}`, scheme.tones[tone].text, colour, 4.5],
      [`${tone} mark on ${ground}`, scheme.tones[tone].solid, colour, 3],
    ]),
  ]);
  const onTones = toneNames.flatMap((tone): [string, string, string, number][] => [
    [`${tone} on its soft`, scheme.tones[tone].text, scheme.tones[tone].soft, 4.5],
    [`text on soft ${tone}`, scheme.text, scheme.tones[tone].soft, 4.5],
    [`dimmed on soft ${tone}`, scheme.dimmed, scheme.tones[tone].soft, 4.5],
    [`link on soft ${tone}`, scheme.link, scheme.tones[tone].soft, 4.5],
  ]);
  return [
    ...onGrounds,
    ...onTones,
    ['on primary', scheme.onPrimary, scheme.primary, 4.5],
    ['on primary, hovered', scheme.onPrimary, scheme.primaryHover, 4.5],
    ['on disabled', scheme.onDisabled, scheme.disabled, 4.5],
  ];
}

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('%s scheme', (_, scheme) => {
  it.each(pairs(scheme))('%s', (_name, fore, ground, least) => {
    expect(contrast(fore, ground)).toBeGreaterThanOrEqual(least);
  });
});

it('measures as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
