import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a bundle's code would say of its own place is said of its source's. */
const placed = (code, path) =>
  code
    .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
    .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href));

/** The files from which a changed one can be reached by imports, and the changed ones: all others keep what they know. */
const reachingOf = (inputs, changed) => {
  const reaching = new Set(Object.keys(inputs).filter((path) => changed.has(path)));
  for (let size = -1; size !== reaching.size;) {
    size = reaching.size;
    for (const [path, { imports }] of Object.entries(inputs))
      if (imports.some((one) => reaching.has(one.path))) reaching.add(path);
  }
  return reaching;
};

/**
 * Test files, each with what of the product can reach a changed file, as the body of a function: to call it again is to
 * load all that anew, so that nothing a wrong change left in a module's memory reaches the next one. The rest of the
 * product (`shared`) is loaded once, and packages stay outside. Tests that cannot reach a change are left out.
 * @param {Map<string, string>} instrumented code by path from the root, in place of the files' own
 * @returns {Promise<{ shared: object, tests: object[] }>} each `{ path, code, packages }`
 */
export const bundle = async ({ root, tests, instrumented }) => {
  const make = async (input, isApart = () => false) => {
    const packages = new Set();
    const apart = new Set();
    const plugin = {
      name: 'mutation',
      setup(at) {
        at.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
          if (kind === 'entry-point') return undefined;
          packages.add(path);
          return { path, namespace: 'package' };
        });
        at.onResolve({ filter: /^\./ }, ({ path, resolveDir, kind }) => {
          const name = relative(root, resolve(resolveDir, path));
          if (kind === 'entry-point' || !isApart(name)) return undefined;
          apart.add(name);
          return { path: name, namespace: 'shared' };
        });
        at.onLoad({ filter: /.*/, namespace: 'package' }, async ({ path }) => {
          const names = Object.keys(await import(path)).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
          const lines = names.map((name, index) => `const v${index} = its.${name};\nexport { v${index} as ${name} };`);
          return { contents: `const its = __package(${JSON.stringify(path)});\n${lines.join('\n')}`, loader: 'js' };
        });
        at.onLoad({ filter: /.*/, namespace: 'shared' }, ({ path }) => ({
          contents: `module.exports = __shared(${JSON.stringify(path)});`,
          loader: 'js',
        }));
        at.onLoad({ filter: /\.(ts|mjs)$/ }, ({ path }) => {
          const code = instrumented.get(relative(root, path)) ?? readFileSync(path, 'utf8');
          return { contents: placed(code, path), loader: path.endsWith('.ts') ? 'ts' : 'js' };
        });
      },
    };
    const { outputFiles, metafile } = await build({
      ...input,
      absWorkingDir: root,
      bundle: true,
      write: false,
      outdir: 'nowhere',
      metafile: true,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      charset: 'utf8',
      logLevel: 'silent',
      plugins: [plugin],
    });
    return { code: outputFiles[0].text, packages: [...packages], apart, inputs: metafile.inputs };
  };

  const { inputs } = await make({ entryPoints: tests.map((test) => resolve(root, test)) });
  const reaching = reachingOf(inputs, instrumented);
  const asked = tests.filter((test) => reaching.has(test));
  const apart = new Set();
  const made = [];
  for (const test of asked) {
    const one = await make({ entryPoints: [resolve(root, test)] }, (name) => name in inputs && !reaching.has(name));
    for (const name of one.apart) apart.add(name);
    made.push({ path: test, code: one.code, packages: one.packages });
  }
  const lines = [...apart].map((name) => `export * as ${JSON.stringify(name)} from ${JSON.stringify(`./${name}`)};`);
  const { code, packages } = await make({ stdin: { contents: lines.join('\n'), resolveDir: root, loader: 'js' } });
  return { shared: { path: 'what is shared', code, packages }, tests: made };
};
