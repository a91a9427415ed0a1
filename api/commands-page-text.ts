import { commandTable } from './command-table.ts';

const relationWords: Readonly<Record<string, string>> = {
  ownCase: 'own case',
  ownEntryToday: 'own entry of today',
  ownDepartment: 'own department',
  ownBody: 'own body',
  ownRequest: 'own agency’s request',
  institution: 'anywhere in the institution',
};

const head = `# Commands

Made by \`npm run commands-page\` from the schemas by which requests are read (\`domain/commands\`) and the table of access
(\`domain/access\`); a test fails when it is not current. The same table is \`GET /api/v1/command-table\`.

Every command is \`{ "command": word, "on": day, … }\`, sent to \`POST /api/v1/cases/{id}/commands\` with an \`Idempotency-Key\`;
\`note\` may stand in each. \`openCase\` is \`POST /api/v1/cases\`, together with the family; \`submitReport\`, and \`annulEntry\` of a
report, are \`POST /api/v1/institution/commands\`: no case's. An unknown field is refused. A field marked
**!** is needed for the command to say anything; what else a regulation demands is refused by its clause. *Sealed* fields hold
what a person typed: they are kept apart under the case's key and never enter the log.
`;

/** `docs/commands.md`. */
export function commandsPage(): string {
  const rows = commandTable();
  const index = rows.map(
    ({ command, title }) => `- [${command}](#${command.toLowerCase()}): ${title.en} (${title.ru})`,
  );
  return [head, ...index, '', ...rows.map(section)].join('\n');
}

function section({ command, fact, title, who, fields }: ReturnType<typeof commandTable>[number]): string {
  const may = who.map(
    ({ role, relations }) => `${role} (${relations.map((one) => relationWords[one] ?? one).join(', ')})`,
  );
  const lines = fields.map(({ name, required, type, values, sealed }) => {
    const taken = values ? values.map((value) => `\`${value}\``).join(', ') : type;
    return `| \`${name}\`${required ? ' **!**' : ''} | ${taken}${sealed ? ', sealed' : ''} |`;
  });
  return [
    `## ${command}`,
    '',
    `Makes the entry \`${fact}\`: ${title.en} (${title.ru}).`,
    `May be given by: ${may.join('; ')}.`,
    '',
    ...(lines.length > 0 ? ['| field | takes |', '|---|---|', ...lines] : ['No fields of its own.']),
    '',
  ].join('\n');
}
