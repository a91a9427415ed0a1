import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sayClause } from '../../lib/clause.ts';
import { say, sayTitle } from '../../lib/i18n.ts';
import type { Law } from '../../lib/shapes.ts';
import { Fold } from '../../ui/Fold.tsx';
import type { Form } from '../../ui/FormPanel.tsx';
import classes from './Lookup.module.css';

interface LevelSignsProps {
  levels: Law['levels'];
  form: Form;
}

/**
 * The signs by which a text knows its levels, to be marked for this family. What is marked is counted and said, never
 * turned into a choice: the texts name signs "as a rule", and who sets the level weighs them.
 */
export function LevelSigns({ levels, form }: LevelSignsProps) {
  const { t } = useTranslation('command');
  const [marked, setMarked] = useState<readonly string[]>([]);
  const known = levels.filter(({ signs }) => signs.length > 0);
  if (known.length === 0) return null;
  const keyOf = (code: string, index: number): string => `${code}.${index}`;
  const found = known
    .map(({ code, name, signs }) => ({
      name: say(name),
      signs: signs.filter((_, at) => marked.includes(keyOf(code, at))),
    }))
    .filter(({ signs }) => signs.length > 0);
  const [only] = found;

  return (
    <Fold summary={t('signs.title')}>
      <div className={classes.lookup}>
        <p className="k-small k-dimmed">{t('signs.hint')}</p>
        {known.map(({ code, name, clause, signs }) => (
          <Checkbox.Group
            key={code}
            label={`${sayTitle(name)} · ${sayClause(clause)}`}
            value={[...marked]}
            onChange={setMarked}
          >
            {signs.map((sign, index) => (
              <Checkbox key={index} value={keyOf(code, index)} label={sayTitle(sign)} mt={6} />
            ))}
          </Checkbox.Group>
        ))}
        <div role="status">
          {only !== undefined && (
            <p>
              {found.length === 1
                ? t('signs.one', { level: only.name })
                : t('signs.several', {
                    levels: found.map(({ name, signs }) => `${name} (${signs.length})`).join('; '),
                  })}{' '}
              {t('signs.yours')}
            </p>
          )}
        </div>
        {only !== undefined && (
          <Button variant="default" size="xs" onClick={note}>
            {t('signs.toNote')}
          </Button>
        )}
      </div>
    </Fold>
  );

  /** Marks are a help while the form is open; what should stay with the decision goes into its note. */
  function note(): void {
    const written = typeof form.values['note'] === 'string' ? form.values['note'].trim() : '';
    const signs = found.flatMap((level) => level.signs.map(say)).join('; ');
    form.setFieldValue('note', [written, t('signs.noted', { signs })].filter((part) => part !== '').join('\n'));
  }
}
