import { useMantineColorScheme } from '@mantine/core';
import type { MantineColorScheme } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNow, setLanguage } from '../../lib/i18n.ts';
import type { Language } from '../../lib/i18n.ts';
import classes from './Preferences.module.css';

const names: Record<Language, string> = { ru: 'Русский', en: 'English' };

/** Language and appearance, both remembered on this device. */
export function Preferences() {
  const { t } = useTranslation();
  const language = useId();
  const scheme = useId();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={classes.preferences}>
      <div>
        <label htmlFor={language}>{t('user.language')}</label>
        <select
          id={language}
          value={languageNow()}
          onChange={(event) => void setLanguage(event.currentTarget.value as Language)}
        >
          {Object.entries(names).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor={scheme}>{t('user.scheme')}</label>
        <select
          id={scheme}
          value={colorScheme}
          onChange={(event) => setColorScheme(event.currentTarget.value as MantineColorScheme)}
        >
          <option value="auto">{t('user.schemeAuto')}</option>
          <option value="light">{t('user.schemeLight')}</option>
          <option value="dark">{t('user.schemeDark')}</option>
        </select>
      </div>
    </div>
  );
}
