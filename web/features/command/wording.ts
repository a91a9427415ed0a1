import { useTranslation } from 'react-i18next';

/** Words of a command's form: its own where it has them, else the common ones. */
export function useWording() {
  const { t, i18n } = useTranslation('command');
  const find = (key: string): string | undefined => (i18n.exists(key, { ns: 'command' }) ? t(key as never) : undefined);
  return {
    title: (command: string): string => find(`title.${command}`) ?? command,
    lead: (command: string): string | undefined => find(`lead.${command}`),
    submit: (command: string): string => find(`submit.${command}`) ?? t('submit.common'),
    /** What is asked once more before a deed that cannot be taken back. */
    confirm: (command: string): string => find(`confirm.${command}`) ?? t('confirm.common'),
    /** `measures.0.what` is asked for by its last part, with the number of the row; of a person the row says enough. */
    label: (command: string, path: string): string => {
      const row = /^(?:replacement\.)?measures\.(\d+)\.(\w+)$/.exec(path);
      if (row)
        return `${t('measures.row', { number: Number(row[1]) + 1 })}: ${find(`measures.${row[2] ?? ''}`) ?? path}`;
      const member = /^members\.(\d+)\.\w+$/.exec(path);
      if (member) return t('family.row', { number: Number(member[1]) + 1 });
      return find(`own.${command}.${path}`) ?? find(`field.${path.split('.').at(-1) ?? path}`) ?? path;
    },
  };
}
