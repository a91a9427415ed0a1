import * as yaml from 'yaml';

/**
 * The YAML reader with a memory: the regulations are read anew with each reload of the tests, and their text is the same
 * each time. What it returns is no part of what is changed, and nobody writes into a document.
 */
export const rememberedYaml = () => {
  const documents = new Map();
  const values = new Map();
  return {
    ...yaml,
    parse: (text, ...rest) => {
      if (rest.length > 0) return yaml.parse(text, ...rest);
      if (!values.has(text)) values.set(text, yaml.parse(text));
      return structuredClone(values.get(text));
    },
    parseDocument: (text, options) => {
      const key = JSON.stringify([text, { ...options, lineCounter: undefined }]);
      const known = documents.get(key);
      if (!known) {
        const document = yaml.parseDocument(text, options);
        documents.set(key, { document, lineStarts: options?.lineCounter?.lineStarts });
        return document;
      }
      if (options?.lineCounter) options.lineCounter.lineStarts = known.lineStarts;
      return known.document;
    },
  };
};
